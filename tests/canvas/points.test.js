// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { columns, Points, unpacked } from "../../resnet_explorer/ui/canvas/scripts/pure/points.js";

/** @import { DescribedPoints } from "../../resnet_explorer/ui/canvas/scripts/described.js" */

/** @param {ArrayBufferView} numbers */
function packed(numbers) {
  return Buffer.from(/** @type {ArrayBuffer} */ (numbers.buffer)).toString("base64");
}

/**
 * @param {number[]} x
 * @param {(number | null)[]} y
 */
function points(x, y) {
  /** @type {DescribedPoints} */
  const trace = {
    type: "scatter",
    mode: "lines",
    x,
    y,
    line: { color: "", width: 1, dash: "solid" },
    hovertemplate: "%{y:.3g}",
  };
  return new Points(trace);
}

test("numbers come as a list or as bytes, in rows where they have a shape", () => {
  const list = [1, null];
  assert.equal(unpacked(list), list);
  assert.deepEqual(unpacked({ dtype: "i2", bdata: packed(Int16Array.of(1, -300)) }), [1, -300]);
  assert.deepEqual(unpacked({ dtype: "f4", bdata: packed(Float32Array.of(0.5, 1e30)) }), [0.5, Math.fround(1e30)]);
  const rows = { dtype: /** @type {const} */ ("f8"), bdata: packed(Float64Array.of(1, 2, 3, 4, 5, 6)), shape: "3, 2" };
  assert.deepEqual(unpacked(rows), [
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
});

test("points of several lines answer together by their x, in order, without gaps", () => {
  const [one, other] = [points([1, 3, 5], [7, null, 9]), points([5, 2], [0.25, 4])];
  assert.deepEqual(columns([one, other]), [
    [1, [[one, 0]]],
    [2, [[other, 1]]],
    [
      5,
      [
        [one, 2],
        [other, 0],
      ],
    ],
  ]);
  assert.equal(other.said(0), "0.250");
});
