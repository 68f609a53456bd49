// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { AxisFit } from "../../resnet_explorer/ui/canvas/scripts/pure/fit.js";
import {
  arc,
  arcBox,
  flat,
  inFigure,
  inPlot,
  seam,
  trackBars,
} from "../../resnet_explorer/ui/canvas/scripts/pure/passage.js";
import { axis } from "./made.js";

test("the bars of a track are read from its path", () => {
  const bars = trackBars("M1.5 300h247v-50h-247zM251.5 300h247v-0.5h-247z");
  assert.deepEqual(bars, [
    { x: 1.5, y: 250, width: 247, height: 50 },
    { x: 251.5, y: 299.5, width: 247, height: 0.5 },
  ]);
  assert.deepEqual(trackBars(""), []);
});

test("an arc is read and written alike", () => {
  const box = arcBox("M252 63C252 35 748 35 748 63");
  assert.deepEqual(box, { x: 252, y: 35, width: 496, height: 28 });
  assert.equal(arc(box), "M252 63C252 35 748 35 748 63");
  assert.equal(arc(flat(box)), "M252 63C252 63 748 63 748 63");
});

test("a box of the plot stands in the figure, and comes back", () => {
  const fit = new AxisFit(632, axis());
  assert.equal(fit.ratio, 0.5);
  const box = { x: 100, width: 50, key: "conv1" };
  assert.deepEqual(inFigure(box, fit), { x: 174, width: 25, key: "conv1" });
  assert.deepEqual(inPlot(inFigure(box, fit), fit), box);
});

/** @param {[key: string, x: number, width: number][]} columns */
function standing(...columns) {
  return {
    columns: columns.map(([key, x, width]) => ({ key, x, width })),
    places: new Map(columns.map(([key], i) => [key, i])),
  };
}

test("a new column grows from behind the last one before it that both figures have", () => {
  const before = standing(["a", 10, 20], ["d", 30, 20]);
  const now = standing(["a", 10, 10], ["b", 20, 10], ["c", 30, 10], ["d", 40, 10], ["e", 50, 10]);
  assert.deepEqual(
    ["b", "c", "e"].map((key) => seam(key, now, before)),
    [30, 30, 50],
  );
  assert.equal(seam("d", before, standing(["x", 7, 5], ["a", 12, 5])), 17);
});

test("without such a one it grows from the left end", () => {
  assert.equal(seam("a", standing(["a", 0, 5], ["b", 5, 5]), standing(["b", 33, 5])), 33);
  assert.equal(seam("unknown", standing(["a", 0, 5]), standing(["a", 33, 5])), 33);
});
