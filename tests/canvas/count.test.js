// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { between, eased, gauge } from "../../resnet_explorer/ui/canvas/scripts/pure/count.js";
import { pace } from "../../resnet_explorer/ui/canvas/scripts/pure/pace.js";

test("a motion begins and ends slowly", () => {
  assert.deepEqual([0, 0.25, 0.5, 0.75, 1].map(eased), [0, 0.0625, 0.5, 0.9375, 1]);
});

test("a number goes from the old one to the new one and no further", () => {
  assert.deepEqual(
    [-1, 0, 0.5, 1, 2].map((part) => between(100, 300, part)),
    [100, 100, 200, 300, 300],
  );
});

test("a gauge ends at its limit, or at the number where that is larger", () => {
  assert.deepEqual(gauge(30, 40), { end: 40, used: 75, past: 0 });
  assert.deepEqual(gauge(50, 40), { end: 50, used: 80, past: 20 });
  assert.deepEqual(gauge(0, 0), { end: 1, used: 0, past: 0 });
});

test("a run is replayed in six seconds, unless its steps would be too quick or too slow to see", () => {
  assert.deepEqual([2, 30, 60, 240, 1000].map(pace), [200, 200, 100, 25, 25]);
});
