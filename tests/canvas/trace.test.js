// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { LogScale } from "../../resnet_explorer/ui/canvas/scripts/pure/scale.js";
import { height, said, trace } from "../../resnet_explorer/ui/canvas/scripts/pure/trace.js";

const [ZERO, BROKEN] = [-32768, 32767];
const SCALE = new LogScale(-2, 2, 100, 180);
const FLOOR = 200;
const XS = [10, 30, 50, 70, 90];

/**
 * @param {number[]} values
 * @param {{ residual?: boolean, marked?: boolean }} how
 */
function drawn(values, { residual = true, marked = false } = {}) {
  return trace(Int16Array.from(values), XS, SCALE, { floor: FLOOR, residual, marked });
}

test("a norm stands at its power of ten, 0 on the floor, and what is not finite nowhere", () => {
  assert.deepEqual(
    [-1400, 0, 350, 1400, ZERO, BROKEN].map((value) => height(value, SCALE, FLOOR)),
    [180, 140, 130, 100, 200, null],
  );
});

test("a line goes through all norms", () => {
  assert.equal(drawn([-1400, -700, 0, 700, 1400]).line, "M10.0 180.0L30.0 160.0L50.0 140.0L70.0 120.0L90.0 100.0");
});

test("a line breaks at 0 and at what is not finite; zeros are rings on the floor", () => {
  const { line, zeros } = drawn([0, ZERO, 0, BROKEN, 700]);
  assert.equal(line, "M10.0 140.0M50.0 140.0M90.0 120.0");
  assert.equal(zeros, "M30.0 200.0m-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0");
});

test("a norm is marked by a dot in a residual net and by a square in a plain one, where columns are wide", () => {
  const values = [0, ZERO, 700];
  assert.equal(drawn(values, { marked: true }).marks, "M10.0 140.0h0M50.0 120.0h0");
  const square = "m-2.5 -2.5h5v5h-5z";
  assert.equal(drawn(values, { marked: true, residual: false }).marks, `M10.0 140.0${square}M50.0 120.0${square}`);
  assert.equal(drawn(values).marks, "");
});

test("a net without steps has no line", () => {
  assert.deepEqual(drawn([]), { line: "", marks: "", zeros: "" });
});

test("a norm is said in two figures, from the smallest to the largest", () => {
  assert.deepEqual(
    [-31500, -211, 0, 6300, ZERO, BROKEN].map((value) => said(value, "no step was made")),
    ["1.0e-45", "5.0e-1", "1.0e+0", "1.0e+9", "0", "no step was made"],
  );
});
