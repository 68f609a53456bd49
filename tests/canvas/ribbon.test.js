// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  begins,
  high,
  mark,
  numbered,
  outline,
  rows,
  runs,
  top,
  wound,
} from "../../resnet_explorer/ui/canvas/scripts/pure/ribbon.js";

const BOTTLENECK = [16_384, 36_864, 16_384];
const FIELDS = /** @type {[costs: number[], whole: number][]} */ ([
  [BOTTLENECK, 1_179_648],
  [BOTTLENECK, 73_728],
  [[256, 144, 256], 288],
  [[4096, 2304, 4096], 1_179_648],
  [[33_920, 101_124, 33_920, 102_400, 1704], 1_946_880],
  [[1, 9, 1], 18],
]);

test("the pieces of each part cover exactly its share of the field, the last tile as far as the field goes", () => {
  for (const [costs, whole] of FIELDS) {
    const tile = costs.reduce((a, b) => a + b);
    const count = rows(whole / tile);
    const [width, row] = [760, high(count, 320)];
    const pieces = wound(costs, whole, count, width);
    const area = width * row * count;
    const share = (/** @type {number} */ part) =>
      pieces.filter((each) => each.part === part).reduce((sum, each) => sum + each.width * row, 0);
    const before = costs.map((_, i) => costs.slice(0, i).reduce((a, b) => a + b, 0));
    const full = Math.floor(whole / tile);
    for (const [part, cost] of costs.entries()) {
      const last = Math.min(cost, Math.max(0, whole - full * tile - before[part]));
      const wanted = ((full * cost + last) / whole) * area;
      assert.ok(Math.abs(share(part) - wanted) < 1e-6 * area, `${costs} of ${whole}: part ${part}`);
    }
    assert.equal(Math.max(...pieces.map((each) => each.tile)) + 1, Math.ceil(whole / tile));
  }
});

test("pieces lie in their rows one behind the other, none over another and none outside", () => {
  for (const [costs, whole] of FIELDS) {
    const count = rows(whole / costs.reduce((a, b) => a + b));
    let [row, at] = [0, 0];
    for (const piece of wound(costs, whole, count, 500)) {
      if (piece.row > row) {
        assert.ok(Math.abs(at - 500) < 1e-9);
        [row, at] = [row + 1, 0];
      }
      assert.equal(piece.row, row);
      assert.ok(Math.abs(piece.x - at) < 1e-9 && piece.width > 0);
      at += piece.width;
    }
    assert.deepEqual([row, Math.round(at * 1e6)], [count - 1, 500e6]);
  }
});

test("the more tiles, the more rows; fewer than two stand in one", () => {
  assert.deepEqual([0.4, 1.06, 1.64, 16.94, 112.4].map(rows), [1, 1, 1, 4, 11]);
  assert.equal(high(4, 412), 100);
  assert.equal(top(3, 100) + 100, 412);
});

test("what of a tile lies in a row is one run, and each tile has its number where there is room", () => {
  const pieces = wound([1, 1], 5, 2, 100);
  const lies = runs(pieces).map(({ tile, row, x, width }) => [tile, row, x, width]);
  assert.deepEqual(lies, [
    [0, 0, 0, 80],
    [1, 0, 80, 20],
    [1, 1, 0, 60],
    [2, 1, 60, 40],
  ]);
  const places = numbered(pieces, () => 30).map(({ text, row, x }) => [text, row, x]);
  assert.deepEqual(places, [
    ["1", 0, 0],
    ["2", 1, 0],
    ["3", 1, 60],
  ]);
  assert.deepEqual(
    numbered(pieces, () => 70).map(({ text }) => text),
    ["1"],
  );
});

test("paths hold the rectangles, and a line where each tile but the first begins", () => {
  const pieces = wound([1, 1], 5, 2, 100);
  assert.equal(outline(pieces.slice(0, 1), 10), "M0.00 0.00h40.00v10.00h-40.00z");
  assert.equal(begins(pieces, 10), "M80.00 0.00v10.00M60.00 14.00v10.00");
});

test("the mark is a power of ten between a two-thousandth and a two-hundredth of the field", () => {
  assert.deepEqual([304, 73_728, 1_179_648, 3_699_376_128].map(mark), [1, 100, 1000, 1e7]);
});
