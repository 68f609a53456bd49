// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { above, below, beside } from "../../resnet_explorer/ui/canvas/scripts/pure/card.js";

const CARD = { width: 200, height: 80 };
const FIGURE = { width: 1000, height: 400 };

/**
 * @param {number} left
 * @param {number} right
 */
function placed(left, right, { y = 100, width = FIGURE.width } = {}) {
  return beside({ left, right }, { y, under: 180 }, CARD, { ...FIGURE, width });
}

test("a card stands right of its column where there is room, and left of it where there is not", () => {
  assert.deepEqual(placed(100, 120), { left: 132, top: 100 });
  assert.deepEqual(placed(768, 788), { left: 800, top: 100 });
  assert.deepEqual(placed(769, 789), { left: 557, top: 100 });
});

test("a card does not hang out of the figure", () => {
  assert.deepEqual(placed(100, 120, { y: 390 }), { left: 132, top: 320 });
  const high = { ...CARD, height: 500 };
  assert.deepEqual(beside({ left: 100, right: 120 }, { y: 100, under: 180 }, high, FIGURE), { left: 132, top: 0 });
});

test("where it would cover its column it stands under the net", () => {
  assert.deepEqual(placed(100, 120, { width: 300 }), { left: 0, top: 180 });
});

test("the card of an operation stands under it, inside the figure", () => {
  assert.deepEqual(below({ left: 50, foot: 70 }, CARD, FIGURE), { left: 50, top: 70 });
  assert.deepEqual(below({ left: 950, foot: 70 }, CARD, FIGURE), { left: 800, top: 70 });
  assert.deepEqual(below({ left: -20, foot: 70 }, CARD, FIGURE), { left: 0, top: 70 });
});

test("the card of a part stands over it, under it where there is more room, and never outside", () => {
  assert.deepEqual(above({ left: 50, top: 200, foot: 240 }, CARD, FIGURE), { left: 50, top: 120 });
  assert.deepEqual(above({ left: 950, top: 20, foot: 60 }, CARD, FIGURE), { left: 800, top: 60 });
  assert.deepEqual(above({ left: 50, top: 70, foot: 350 }, CARD, FIGURE), { left: 50, top: 0 });
});
