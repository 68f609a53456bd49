// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { clear, Rows, Ruler, rounded } from "../../resnet_explorer/ui/canvas/scripts/pure/ruler.js";

/** @import { DescribedAxis } from "../../resnet_explorer/ui/canvas/scripts/described.js" */

/**
 * @param {Partial<DescribedAxis>} said
 * @param {number[]} values
 */
function ruler(said, values = []) {
  return new Ruler(/** @type {DescribedAxis} */ (said), values);
}

const labels = (/** @type {{ ticks: (most: number) => [any, string][] }} */ axis, most = 10) =>
  axis.ticks(most).map(([, label]) => label);

test("a step is the least of 1, 2 and 5 times a power of ten that is no less", () => {
  assert.deepEqual([0.7, 1, 1.1, 2.01, 5, 5.1, 43, 3e6].map(rounded), [1, 1, 2, 5, 5, 10, 50, 5e6]);
});

test("an axis goes from 0 past its values, or as far as it says, and either way", () => {
  const free = ruler({ rangemode: "tozero" }, [3, 20]);
  assert.deepEqual([free.share(0), free.to], [0, 21]);
  assert.equal(ruler({ rangemode: "tozero" }, [0]).to, 1);
  assert.equal(ruler({ range: [-5, 15] }).share(5), 0.5);
  assert.equal(ruler({ range: [40, 20] }).share(25), 0.75); // of errors the least are above
});

test("on a logarithmic axis a value stands at its exponent, which a note names itself", () => {
  const log = ruler({ type: "log", range: [8, 10] });
  assert.equal(log.share(1e9), 0.5);
  assert.equal(log.placed(9), 0.5);
});

test("round ticks, no more than there is room for, with as many digits as they need", () => {
  assert.deepEqual(labels(ruler({ range: [67.5, 72] }), 5), ["68", "69", "70", "71", "72"]);
  assert.deepEqual(labels(ruler({ range: [67.5, 72] }), 2), ["70"]);
  assert.deepEqual(labels(ruler({ range: [-0.3, 0.3] }), 3), ["−0.2", "0.0", "0.2"]);
  assert.deepEqual(labels(ruler({ range: [24, 20] }), 2), ["20", "22", "24"]);
  assert.equal(labels(ruler({ range: [0, 8.93] }), 40).length, 9);
});

test("an axis says how many ticks it has, their letters, or which they are", () => {
  /** @type {Partial<DescribedAxis>} */
  const said = { range: [-20e6, 63e6], nticks: 6, tickformat: "~s" };
  assert.deepEqual(labels(ruler(said), 30), ["−20 M", "0", "20 M", "40 M", "60 M"]);
  const named = ruler({ type: "log", range: [8, 10], tickvals: [2e8, 1e9], ticktext: ["200 M", "1 G"] });
  assert.deepEqual(named.ticks(9), [
    [2e8, "200 M"],
    [1e9, "1 G"],
  ]);
});

test("rows are of one height, the first at the top where the axis is reversed, and named by themselves or by it", () => {
  const down = new Rows(/** @type {DescribedAxis} */ ({ autorange: "reversed" }), ["training", "in use"]);
  assert.deepEqual(["training", "in use"].map(down.share, down), [0.75, 0.25]);
  assert.deepEqual(labels(down), ["training", "in use"]);
  const said = { tickvals: [0, 1], ticktext: ["MACs", "thop"] };
  const up = new Rows(/** @type {DescribedAxis} */ (/** @type {unknown} */ (said)), [0, 1]);
  assert.deepEqual([up.share(0), labels(up)], [0.25, ["MACs", "thop"]]);
});

test("a label that would meet the one before it is left out", () => {
  const ticks = [0, 20, 40, 60].map((at) => ({ at, label: "100" }));
  assert.deepEqual(
    clear(ticks, 7).map(({ at, label }) => [at, label]),
    [
      [0, "100"],
      [20, ""],
      [40, "100"],
      [60, ""],
    ],
  );
});
