// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { AxisFit, enlarged, narrowed } from "../../resnet_explorer/ui/canvas/scripts/pure/fit.js";
import { axis } from "./made.js";

/**
 * @param {number} room
 * @param {number} slots
 */
function fitted(room, slots = 4) {
  return new AxisFit(room, axis({ slots }));
}

test("with room, labels stand beside the plot, which takes the rest", () => {
  const fit = fitted(1132);
  assert.deepEqual([fit.narrow, fit.left, fit.plotWidth, fit.width, fit.ratio], [false, 124, 1000, 1132, 1]);
  assert.deepEqual([fit.x(500), fit.unit(624), fit.scrolls], [624, 500, false]);
});

test("in a narrow figure the plot takes all", () => {
  const fit = fitted(390);
  assert.deepEqual([fit.narrow, fit.left, fit.plotWidth, fit.width, fit.scrolls], [true, 1, 387, 389, false]);
  assert.equal(fit.x(1000), 388);
  assert.equal(fitted(619).narrow, true);
  assert.equal(fitted(620).narrow, false);
});

test("columns are never narrower than can be read: the figure scrolls instead", () => {
  const fit = fitted(700, 160);
  assert.deepEqual([fit.narrow, fit.plotWidth, fit.width, fit.scrolls], [true, 800, 802, true]);
  assert.equal(fitted(932, 160).narrow, false);
  assert.equal(fitted(931, 160).narrow, true);
});

test("the legend's right half ends at the plot's end, or stands under the left half", () => {
  const ways = { x: -200, width: 200 };
  assert.deepEqual(fitted(1132).legend(ways, 300), [1124, 0]);
  assert.deepEqual(fitted(390).legend(ways, 171), [388, 0]);
  assert.deepEqual(fitted(390).legend(ways, 172), [201, 15]);
  assert.deepEqual(fitted(700, 160).legend(ways, 10), [201, 15]);
});

test("a block is enlarged by a fifth at most", () => {
  assert.deepEqual([enlarged(200, 400), enlarged(440, 400), enlarged(2000, 400)], [0.5, 1.1, 1.2]);
});

test("a block is made smaller beside its words, and by no more than three tenths", () => {
  assert.deepEqual([narrowed(500, 250, 150), narrowed(350, 250, 150), narrowed(200, 250, 150)], [1, 0.8, 0.7]);
});
