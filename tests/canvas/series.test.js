// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { BROKEN, decode, exponent, joined, opened, ZERO } from "../../resnet_explorer/ui/canvas/scripts/pure/series.js";
import { net, packed } from "./made.js";

/** @param {number} from */
function news(from, steps = [3], value = 5, ended = false) {
  const norms = packed(...steps.flatMap(() => [value, value, value, value]));
  return { from, steps, loss: steps.map(() => 0.01), ratio: steps.map(() => null), norms, ended };
}

test("norms are unpacked with their sign, the lower byte first", () => {
  assert.deepEqual([...decode("AIABAP//AgH/fw==")], [-32768, 1, -1, 258, 32767]);
  assert.deepEqual([...decode("")], []);
  assert.deepEqual([ZERO, BROKEN], [-32768, 32767]);
});

test("a norm is ten to a seven hundredth of its number, over the whole range of 32-bit floats", () => {
  assert.deepEqual([-1400, 0, 700].map(exponent), [-2, 0, 1]);
  assert.ok(exponent(-32767) < Math.log10(1.4e-45));
  assert.ok(exponent(32766) > Math.log10(3.4e38));
});

test("new steps are put behind those that are known", () => {
  const known = opened(net());
  const all = joined(known, news(3, [3, 4]));
  assert.ok(all);
  assert.deepEqual(all.steps, [0, 1, 2, 3, 4]);
  assert.deepEqual(all.loss, [2, 0.2, 0.02, 0.01, 0.01]);
  assert.deepEqual(all.ratio, [10, 1, 0.1, null, null]);
  assert.deepEqual([...all.values], [...known.values, 5, 5, 5, 5, 5, 5, 5, 5]);
  assert.equal(all.title, "ResNet");
  assert.equal(all.ended, false);
  assert.equal(joined(known, news(3, [], 5, true))?.ended, true);
});

test("steps that are told again take the place of those that are known", () => {
  const all = joined(opened(net()), news(1, [1]));
  assert.deepEqual(all?.steps, [0, 1]);
  assert.deepEqual([...(all?.values ?? [])], [0, 0, 0, 0, 5, 5, 5, 5]);
  assert.deepEqual(joined(opened(net()), news(0, []))?.steps, []);
});

test("where a part is missing between, nothing is joined", () => {
  assert.equal(joined(opened(net()), news(4)), null);
});
