// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { lead, spread, stageLabels, withRoom } from "../../resnet_explorer/ui/canvas/scripts/pure/stages.js";

/**
 * @param {number} centre
 * @param {number} width
 */
function label(centre, width, { slim = width / 2, spare = false } = {}) {
  return { centre, width, slim, spare };
}

test("names that overlap move apart, and none beyond the ends", () => {
  assert.deepEqual(spread([label(100, 40), label(110, 40), label(300, 40)], 0, 400), [100, 140, 300]);
  assert.deepEqual(spread([label(5, 40), label(395, 40)], 0, 400), [20, 380]);
  assert.deepEqual(spread([label(380, 40), label(390, 40)], 0, 400), [340, 380]);
});

test("a spare name gives way to a neighbour that it would touch", () => {
  const [near, far, stage] = [label(10, 30, { spare: true }), label(200, 30, { spare: true }), label(40, 40)];
  assert.deepEqual(withRoom([near, stage, far]), [stage, far]);
  assert.deepEqual(withRoom([stage, label(50, 40)]).length, 2);
});

test("where all are spare they move aside as long as all have room, and of two that touch the first stays", () => {
  const labels = [20, 50, 120].map((centre) => label(centre, 40, { slim: 40, spare: true }));
  assert.deepEqual(stageLabels(labels, 160).places, [20, 60, 120]);
  assert.deepEqual(stageLabels(labels, 110).places, [20, null, 90]);
});

test("names stand whole where they have room", () => {
  const labels = [label(50, 60), label(200, 80)];
  assert.deepEqual(stageLabels(labels, 300), { slim: false, places: [50, 200] });
});

test("without channels, where more names have room so", () => {
  const labels = [label(20, 40, { spare: true }), label(50, 60)];
  assert.deepEqual(stageLabels(labels, 300), { slim: true, places: [20, 50] });
});

test("without channels, where all together are wider than the figure", () => {
  const labels = [label(20, 60), label(50, 60)];
  assert.deepEqual(stageLabels(labels, 119), { slim: true, places: [20, 50] });
  assert.deepEqual(stageLabels(labels, 120), { slim: false, places: [30, 90] });
});

test("a name that has no room is not shown, and its neighbours keep theirs", () => {
  const labels = [label(20, 60, { slim: 60, spare: true }), label(50, 60, { slim: 60 })];
  assert.deepEqual(stageLabels(labels, 300), { slim: false, places: [null, 50] });
});

test("a line leads from the middle of the stage to its name", () => {
  assert.equal(lead(-12, 180), "M-12 180v5L0 190");
});
