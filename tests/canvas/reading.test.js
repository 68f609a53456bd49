// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { led, reading } from "../../resnet_explorer/ui/canvas/scripts/pure/reading.js";

test("that part is read whose beginning has passed the line last", () => {
  assert.equal(reading([500, 900, 1300], 450), 0);
  assert.equal(reading([100, 450, 1300], 450), 1);
  assert.equal(reading([-900, -500, 0], 450), 2);
  assert.equal(reading([], 450), 0);
});

test("keys lead along the list and not past its ends", () => {
  assert.equal(led("ArrowRight", 0, 8), 1);
  assert.equal(led("ArrowDown", 7, 8), 7);
  assert.equal(led("ArrowLeft", 0, 8), 0);
  assert.equal(led("ArrowUp", 3, 8), 2);
  assert.equal(led("Home", 5, 8), 0);
  assert.equal(led("End", 5, 8), 7);
  assert.equal(led("a", 5, 8), undefined);
});
