// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { Curves } from "../../resnet_explorer/ui/canvas/scripts/curves.js";
import { Run } from "../../resnet_explorer/ui/canvas/scripts/pure/run.js";
import { opened } from "../../resnet_explorer/ui/canvas/scripts/pure/series.js";
import { net, run } from "./made.js";
import { Page } from "./page.js";

/** @import { NetData, RunData } from "../../resnet_explorer/ui/canvas/scripts/data.js" */

/**
 * A run of 101 steps that goes on; the plots are 244 wide, from 46 to 290, and 164 high, from 30 to 194.
 * @param {NetData[]} nets
 * @param {Partial<RunData>} changes
 */
function drawn(nets = [net()], changes = {}) {
  const page = new Page();
  const curves = new Curves(page.host);
  const made = new Run({ ...run({ running: true, last: 101, chance: 2.3, ...changes }), nets: nets.map(opened) });
  curves.set(made);
  return { page, curves, made };
}

test("loss and ratio are drawn against the step, on scales of their own", () => {
  const { page } = drawn([net({ steps: [0, 50, 100] })]);
  const [loss, ratio] = page.attributes(".trace", "d");
  assert.equal(ratio, "M46.0 30.0L168.0 112.0L290.0 194.0");
  assert.equal(loss, "M46.0 68.2L168.0 122.9L290.0 177.5");
  assert.deepEqual(page.texts("svg:first-child text.end:not(.halo)"), ["10⁻²", "10⁻¹", "10⁰", "10¹", "step 101"]);
  assert.deepEqual(page.attributes("svg", "viewBox"), ["0 0 300 230", "0 0 300 230"]);
  assert.deepEqual(page.texts(".name"), ["training loss, nats (log)", "first / last gradient norm (log)"]);
});

test("the loss of guessing and the ratio of balance have their lines and names", () => {
  const { page } = drawn([net({ steps: [0, 50, 100] })]);
  assert.deepEqual(page.texts(".halo"), ["chance: 2.30", "balanced: 1.00"]);
  const [chance, balanced] = page.attributes(".dotted", "d");
  assert.equal(balanced, "M46 112H290");
  assert.match(chance ?? "", /^M46 64\.89\d*H290$/);
});

test("a step that is not finite breaks the line; one without a loss is said", () => {
  const { page } = drawn([net({ steps: [0, 50, 100], loss: [2, null, 0.02], ratio: [10, 0, null] })]);
  assert.deepEqual(page.attributes(".trace", "d"), ["M46.0 68.2M290.0 177.5", "M46.0 30.0"]);
  assert.deepEqual(page.attributes("svg", "aria-label"), [
    "training loss, nats (log): now ResNet 0.0200.",
    "first / last gradient norm (log): now ResNet not finite.",
  ]);
});

test("two nets at different steps end where each is", () => {
  const slow = net({ title: "plain", residual: false, steps: [], loss: [], ratio: [], norms: "" });
  const { page } = drawn([net({ steps: [0, 50, 100] }), slow]);
  assert.deepEqual(page.attributes(".trace", "class"), [
    "trace residual",
    "trace plain",
    "trace residual",
    "trace plain",
  ]);
  assert.equal(page.attributes(".trace", "d")[3], "");
  assert.match(page.attributes("svg", "aria-label")[0] ?? "", /now ResNet 0\.0200, plain no step yet\.$/);
});

test("a run that is over, or has no step yet, has no curves", () => {
  assert.equal(drawn().curves.box.hidden, false);
  assert.equal(drawn([net()], { running: false }).curves.box.hidden, true);
  assert.equal(drawn([net({ steps: [], norms: "" })]).curves.box.hidden, true);
  assert.equal(drawn([net()], { last: undefined }).curves.box.hidden, true);
});

test("a cursor stands at the step that the slider shows", () => {
  const { page, curves } = drawn();
  curves.mark(50);
  assert.deepEqual(page.attributes("svg > .cursor", "d"), ["M168 30V194", "M168 30V194"]);
  curves.mark(undefined);
  assert.deepEqual(page.attributes("svg > .cursor", "d"), ["M168 30V194", "M168 30V194"]);
});

test("the pointer reads the values of its step, at its left in the right half", () => {
  const { page } = drawn([net({ steps: [0, 50, 100], loss: [2, null, 0.02] })]);
  page.point("svg", "pointermove", { clientX: 289.9 });
  assert.deepEqual(page.texts(".read text"), ["step 101", "ResNet: 0.0200"]);
  assert.deepEqual(page.attributes(".read text", "x"), ["281", "281"]);
  assert.deepEqual(page.attributes(".read text", "y"), ["43", "59"]);
  assert.deepEqual(page.attributes(".read circle", "cx"), ["290"]);
  page.point("svg", "pointermove", { clientX: 168 });
  assert.deepEqual(page.texts(".read text"), ["step 51", "ResNet: not finite"]);
  assert.deepEqual(page.attributes(".read text", "x"), ["159", "159"]);
  assert.equal(page.host.querySelector(".read circle"), null);
  page.point("svg", "pointermove", { clientX: 100 });
  assert.deepEqual(page.texts(".read text"), ["step 23"]);
  page.point("svg", "pointermove", { clientX: 20 });
  assert.deepEqual(page.texts(".read text"), []);
  page.point("svg", "pointermove", { clientX: 168 });
  page.point("svg", "pointerleave");
  assert.deepEqual(page.texts(".read text"), []);
});

test("new steps are drawn on the same grid as long as the scale holds", () => {
  const { page, curves } = drawn([net({ steps: [0, 50, 100] })]);
  const rule = page.find(".rule");
  curves.set(
    new Run({ ...run({ running: true, last: 101, chance: 2.3 }), nets: [opened(net({ loss: [2, 1, 0.05] }))] }),
  );
  assert.equal(page.find(".rule"), rule);
  curves.set(
    new Run({ ...run({ running: true, last: 101, chance: 2.3 }), nets: [opened(net({ loss: [2, 1, 0.001] }))] }),
  );
  assert.notEqual(page.find(".rule"), rule);
});
