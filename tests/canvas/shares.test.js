// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { BROKEN, exponent, ZERO } from "../../resnet_explorer/ui/canvas/scripts/pure/series.js";
import { beyond, percent, shares, tick } from "../../resnet_explorer/ui/canvas/scripts/pure/shares.js";

/** @param {number[]} values */
const packed = (...values) =>
  Int16Array.from(values.map((value) => (value ? Math.round(700 * Math.log10(value)) : ZERO)));

/** @param {Int16Array} values */
const read = (values) => [...values].map((value) => (value === ZERO ? 0 : 10 ** exponent(value)));

test("a share is a norm over the root of the sum of all squares, whatever the size of the gradient", () => {
  for (const size of [1e-30, 1, 1e30]) {
    const found = read(shares(packed(3 * size, 4 * size, 0)));
    assert.ok(Math.abs(found[0] - 0.6) < 0.003 && Math.abs(found[1] - 0.8) < 0.004, `${found}`);
    assert.equal(found[2], 0);
  }
  assert.deepEqual([...shares(packed(0, 0))], [ZERO, ZERO]);
});

test("there is no share of a whole that is not finite", () => {
  assert.deepEqual([...shares(Int16Array.of(0, BROKEN))], [BROKEN, BROKEN]);
});

test("what cannot be seen on a scale is told", () => {
  const scale = { low: -3, high: 0 };
  assert.equal(beyond(packed(0.5, 0.001, 1), scale, "no update"), "");
  assert.equal(
    beyond(packed(1e-4, 1e-5, 20, 0), scale, "no update"),
    "1 layer exactly 0, 1 layer above the scale, 2 layers below the scale",
  );
  assert.equal(beyond(Int16Array.of(BROKEN, BROKEN), scale, "no update"), "no update");
  assert.equal(beyond(Int16Array.of(BROKEN, 0), scale, "no update"), "1 layer no update");
  assert.equal(beyond(new Int16Array(), scale, "no update"), "");
});

test("parts are said in per cent", () => {
  assert.equal(percent(packed(0.25)[0], ""), "25.0 %");
  assert.equal(percent(packed(1e-7)[0], ""), "1.0e-5 %");
  assert.equal(percent(ZERO, ""), "0 %");
  assert.equal(percent(BROKEN, "no update"), "no update");
  assert.deepEqual([0, -1, -2, -3, -4].map(tick), ["100 %", "10 %", "1 %", "0.1 %", "0.01 %"]);
});
