// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { Columns } from "../../resnet_explorer/ui/canvas/scripts/pure/columns.js";
import {
  band,
  bar,
  enclosure,
  inside,
  operationAt,
  outline,
} from "../../resnet_explorer/ui/canvas/scripts/pure/marks.js";
import { axis, block } from "./made.js";

const data = axis();
const columns = new Columns(data);
const { items } = block();

test("an operation is framed all around", () => {
  assert.deepEqual(outline(items[0]), { x: 97.5, y: 37.5, width: 205, height: 35 });
});

test("the operation under the pointer is found, up to three pixels beside it; of two, the one drawn last", () => {
  const at = (/** @type {number} */ x, /** @type {number} */ y) => operationAt(items, x, y);
  assert.deepEqual([at(97, 40), at(96, 40), at(303, 70), at(304, 70), at(200, 71)], [0, null, 0, null, null]);
  assert.equal(at(200, 90), 1);
  assert.equal(operationAt([items[0], items[0]], 200, 50), 1);
});

test("a band goes through all tracks of its column", () => {
  assert.deepEqual(band(columns, 1, data.height), { x: 250, y: 24, width: 250, height: 370 });
});

test("a bar is as high as its share of the track's scale, with a gap at its sides", () => {
  const [track] = data.tracks;
  assert.deepEqual(bar(columns, 0, track, data.row), { x: 1.5, y: 250, width: 247, height: 50 });
  assert.deepEqual(bar(columns, 1, track, data.row), { x: 251.5, y: 275, width: 247, height: 25 });
  assert.equal(bar(columns, 2, track, data.row).height, 0);
  assert.equal(bar(columns, 0, { ...track, scale: 200 }, data.row).height, 25);
  assert.equal(bar(new Columns({ ...data, slots: 100 }), 0, track, data.row).width, 8.4);
});

test("a block is framed from above its bars to below its brace", () => {
  assert.deepEqual(enclosure(columns, 1, 2, data.brace), { x: 250, y: 22, width: 500, height: 162 });
});

test("a number at an end is moved in, so that it is not cut", () => {
  assert.deepEqual(
    [0, 124, 600, 1120].map((x) => inside(x, 124, 1124)),
    [146, 146, 600, 1102],
  );
});
