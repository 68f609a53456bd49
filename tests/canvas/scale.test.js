// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { decades, LogScale } from "../../resnet_explorer/ui/canvas/scripts/pure/scale.js";

test("numbers lie between whole powers of ten, a decade apart at least", () => {
  assert.deepEqual(decades(-2.3, 0.1), [-3, 1]);
  assert.deepEqual(decades(2, 2), [2, 3]);
  assert.deepEqual(decades(-45, 9), [-45, 9]);
});

test("the lowest power stands at the foot, the highest at the top, the others evenly between", () => {
  const scale = new LogScale(-45, 9, 20, 560);
  assert.deepEqual(
    [-45, 9, -18, 0].map((n) => scale.y(n)),
    [560, 20, 290, 110],
  );
});

test("grid lines are at whole steps, and no more than there is room for", () => {
  assert.deepEqual(new LogScale(-3, 1, 0, 1).ticks(7), [-3, -2, -1, 0, 1]);
  assert.deepEqual(new LogScale(-45, 9, 0, 1).ticks(7), [-45, -37, -29, -21, -13, -5, 3]);
  assert.deepEqual(new LogScale(0, 6, 0, 1).ticks(6), [0, 1, 2, 3, 4, 5, 6]);
  assert.deepEqual(new LogScale(0, 7, 0, 1).ticks(6), [0, 2, 4, 6]);
});
