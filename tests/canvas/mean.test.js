// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { means } from "../../resnet_explorer/ui/canvas/scripts/pure/mean.js";

test("each mean is of the last values up to it, and of none where one is not finite", () => {
  assert.deepEqual(means([1, 3, 5, 10], 2), [1, 2, 4, 7.5]);
  assert.deepEqual(means([1, 3], 20), [1, 2]);
  assert.deepEqual(means([1, null, 5, 7], 2), [1, null, null, 6]);
  assert.deepEqual(means([], 2), []);
});
