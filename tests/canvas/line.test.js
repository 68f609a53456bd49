// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { dot, line, marks, ring, square, steps } from "../../resnet_explorer/ui/canvas/scripts/pure/line.js";

test("a line goes from point to point, in tenths of a pixel", () => {
  assert.equal(
    line([
      [0, 1],
      [2.04, 3.06],
      [4, 5],
    ]),
    "M0.0 1.0L2.0 3.1L4.0 5.0",
  );
});

test("a line breaks where there is no point, and begins anew behind", () => {
  assert.equal(line([null, [0, 1], null, null, [2, 3], [4, 5], null]), "M0.0 1.0M2.0 3.0L4.0 5.0");
  assert.equal(line([]), "");
});

test("marks are centred on their point", () => {
  assert.equal(dot([1, 2]), "M1.0 2.0h0");
  assert.equal(square([1, 2]), "M1.0 2.0m-2.5 -2.5h5v5h-5z");
  assert.equal(ring([1, 2]), "M1.0 2.0m-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0");
});

test("a stepped line goes across, and then up", () => {
  const points = /** @type {[number, number][]} */ ([
    [0, 1],
    [2.04, 3],
  ]);
  assert.equal(steps(points), "M0.0 1.0H2.0V3.0");
  assert.equal(steps([]), "");
});

test("marks of a size stand on all of their points", () => {
  assert.equal(marks([[1, 2]], { symbol: "square", size: 4 }), "M1.0 2.0m-2 -2h4v4h-4z");
  assert.equal(marks([[1, 2]], { symbol: "circle", size: 4 }), "M1.0 2.0m-2 0a2 2 0 1 0 4 0a2 2 0 1 0 -4 0z");
  assert.equal(marks([[1, 2], null], { symbol: "x", size: 4 }), "M1.0 2.0m-2 -2l4 4m-4 0l4 -4");
});
