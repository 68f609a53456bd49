// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { Chart } from "../../resnet_explorer/ui/canvas/scripts/pure/chart.js";

/** A plot of 1000 pixels, from 46 to 1046; it is 164 high, from 30 to 194. */
const WIDTH = 1056;

/** @param {(number | null)[]} values */
function chart(values, rule = 1, last = 101) {
  return new Chart(values, rule, last, WIDTH);
}

test("the scale encloses all numbers above 0, and the line of its own", () => {
  const { scale } = chart([0.02, 5, null, 0, -3]);
  assert.deepEqual([scale.low, scale.high], [-2, 1]);
  const alone = chart([0.02, 0.05], 50).scale;
  assert.deepEqual([alone.low, alone.high], [-2, 2]);
  const none = chart([null, 0], 0).scale;
  assert.deepEqual([none.low, none.high], [0, 1]);
});

test("extremes are drawn on one scale", () => {
  const made = chart([1e-45, 1e9]);
  assert.deepEqual([made.scale.low, made.scale.high], [-45, 9]);
  assert.ok(Math.abs(made.y(1e-45) - 194) < 0.5); // the smallest number is 1.4e-45
  assert.equal(made.y(1e9), 30);
});

test("the first step stands at the left end and the last at the right", () => {
  const made = chart([1]);
  assert.deepEqual(
    [0, 50, 100].map((step) => made.x(step)),
    [46, 546, 1046],
  );
  assert.equal(chart([1], 1, 1).x(0), 46);
});

test("a number stands at its power of ten", () => {
  const made = chart([0.1, 10]);
  assert.deepEqual(
    [0.1, 1, 10].map((value) => made.y(value)),
    [194, 112, 30],
  );
});

test("a line breaks where a number is not finite or not above 0", () => {
  const d = chart([0.1, 10]).line([0, 10, 20, 30, 40, 50], [1, 10, null, 1, 0, 0.1]);
  assert.equal(d, "M46.0 112.0L146.0 30.0M346.0 112.0M546.0 194.0");
});

test("the pointer finds the nearest step, and none beside the plot", () => {
  const made = chart([1]);
  assert.deepEqual(
    [45, 46, 50, 52, 1046, 1047].map((x) => made.step(x)),
    [null, 0, 0, 1, 100, null],
  );
});

test("first and last step are named, once where they are one", () => {
  assert.deepEqual(chart([1]).named, [0, 100]);
  assert.deepEqual(chart([1], 1, 1).named, [0]);
});

test("a chart of another scale, length or width has another form", () => {
  const form = chart([0.5]).form;
  assert.equal(chart([0.7]).form, form);
  for (const other of [chart([0.05]), chart([0.5], 2), chart([0.5], 1, 5), new Chart([0.5], 1, 101, 900)])
    assert.notEqual(other.form, form);
});
