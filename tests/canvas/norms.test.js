// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { Axis } from "../../resnet_explorer/ui/canvas/scripts/axis.js";
import { Run } from "../../resnet_explorer/ui/canvas/scripts/pure/run.js";
import { opened } from "../../resnet_explorer/ui/canvas/scripts/pure/series.js";
import { axis, net, packed, run } from "./made.js";
import { Page } from "./page.js";

/** @import { NetData, RunData } from "../../resnet_explorer/ui/canvas/scripts/data.js" */

const [ZERO, BROKEN] = [-32768, 32767];
/** The row of norms: from 200 to 300. */
const ROW = { top: 200, height: 100 };

/**
 * A run on an axis of 1000 pixels, one for each net of `on`.
 * @param {NetData[]} nets
 * @param {{ frame?: number, fixed?: boolean, on?: number[], width?: number, changes?: Partial<RunData> }} how
 */
function drawn(nets, { frame = 0, fixed = false, on = nets.map((_, i) => i), width = 1132, changes = {} } = {}) {
  const page = new Page(width);
  const figure = new Axis(page.host, axis({ norms: ROW, tracks: [] }), false, null);
  const made = new Run({ ...run(changes), nets: nets.map(opened) });
  figure.norms?.set(made, on, frame, fixed);
  return { page, figure, made, norms: figure.norms };
}

/** @param {number[]} values */
function still(...values) {
  return net({ steps: [0], loss: [1], ratio: [1], norms: packed(...values) });
}

test("a line goes over the middles of the columns, at the powers of ten of the norms", () => {
  const { page } = drawn([still(-1400, -700, 0, 700)]);
  assert.deepEqual(page.attributes(".trace", "d"), ["M125.0 300.0L375.0 266.7L625.0 233.3L875.0 200.0"]);
  assert.deepEqual(page.attributes(".trace", "stroke-width"), ["2"]);
  assert.equal(page.find(".norms").getAttribute("transform"), "translate(124 0)");
  assert.deepEqual(page.texts(".norms text.end"), ["10⁻²", "10⁻¹", "10⁰", "10¹"]);
  assert.deepEqual(page.texts(".norms .name, .norms text.m:not(.end, .mid)"), ["gradient norm", "of each weight"]);
});

test("title and unit stand beside the row", () => {
  const { page } = drawn([still(0, 0, 0, 0)]);
  assert.deepEqual(page.attributes(".norms .name, .norms text.m:not(.end, .mid)", "y"), ["210", "226"]);
  assert.deepEqual(page.attributes(".norms .name, .norms text.m:not(.end, .mid)", "x"), ["-124", "-124"]);
});

test("the grid stands where the norms do", () => {
  const { page } = drawn([still(-1400, -700, 0, 700)]);
  assert.deepEqual(
    page.attributes(".norms .rule", "d").map((d) => d?.slice(0, 8)),
    ["M0 300H1", "M0 266.6", "M0 233.3", "M0 200H1"],
  );
});

test("norms of 0 have a floor of their own, and the lines above make room", () => {
  const { page } = drawn([still(0, ZERO, BROKEN, 700)]);
  assert.deepEqual(page.attributes(".trace", "d"), ["M125.0 282.0M875.0 200.0"]);
  assert.deepEqual(page.attributes(".none", "d"), ["M375.0 300.0m-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0"]);
  assert.deepEqual(page.texts(".norms text.end"), ["10⁰", "10¹", "0"]);
});

test("residual and plain nets are told apart by class and by marks", () => {
  const { page } = drawn([still(0, 0, 0, 700), net({ residual: false, title: "plain", norms: packed(0, 0, 0, 0) })]);
  assert.deepEqual(page.attributes(".trace", "class"), ["trace residual", "trace plain"]);
  const [round, square] = page.attributes(".dots", "d");
  assert.ok(round?.startsWith("M125.0 300.0h0"));
  assert.ok(square?.startsWith("M125.0 300.0m-2.5 -2.5h5"));
});

test("columns of seven pixels have marks, narrower ones have none", () => {
  const marks = [353, 352].map((width) => {
    const page = new Page(width);
    const places = [0, 20, 40, 60].map((left) => /** @type {[number, number]} */ ([left, 20]));
    const figure = new Axis(page.host, axis({ norms: ROW, slots: 50, places }), false, null);
    figure.norms?.set(new Run({ ...run(), nets: [opened(net())] }), [0], 0, false);
    return page.attributes(".dots", "d")[0];
  });
  assert.deepEqual(marks, ["M3.5 300.0h0M10.5 300.0h0M17.5 300.0h0M24.5 300.0h0", ""]);
});

test("of two nets the one that has ended before is not drawn", () => {
  const fast = net({ steps: [0, 2], norms: packed(0, 0, 0, 0, 700, 700, 700, 700) });
  const slow = net({ title: "plain", steps: [0], norms: packed(-700, -700, -700, -700) });
  const { page, norms } = drawn([fast, slow], { frame: 1 });
  const [high, low] = page.attributes(".trace", "d");
  assert.ok(high);
  assert.equal(low, "");
  assert.deepEqual(norms?.rows(0)[1], ["gradient, plain", "ended at step 1"]);
});

test("an axis shows the nets that stand on it alone, each with its own numbers", () => {
  const { page, norms } = drawn([still(0, 0, 0, 0), still(700, 700, 700, 700)], { on: [1] });
  assert.equal(page.host.querySelectorAll(".trace").length, 1);
  assert.deepEqual(norms?.rows(0), [["gradient, ResNet", "1.0e+1", "residual"]]);
});

test("a fixed axis keeps its scale while frames change", () => {
  const nets = [net()];
  const { page, figure, made } = drawn(nets, { frame: 0, fixed: true });
  const whole = ["10⁻²", "10⁻¹", "10⁰", "10¹"];
  assert.deepEqual(page.texts(".norms text.end"), whole);
  figure.norms?.set(made, [0], 1, true);
  assert.deepEqual(page.texts(".norms text.end"), whole);
  assert.ok(page.find(".trace").getAttribute("d")?.startsWith("M125.0 266.7L375.0 266.7"));
  figure.norms?.set(made, [0], 1, false);
  assert.deepEqual(page.texts(".norms text.end"), ["10⁻¹", "10⁰"]);
});

test("norms from 1e-45 to 1e9 are drawn from the foot to the top", () => {
  const { page } = drawn([still(-31500, -12600, 0, 6300)]);
  assert.equal(page.find(".trace").getAttribute("d"), "M125.0 300.0L375.0 250.0L625.0 216.7L875.0 200.0");
  assert.equal(page.texts(".norms text.end")[0], "10⁻⁴⁵");
});

test("before the first step and where nothing is finite, words stand where the lines would", () => {
  const none = drawn([net({ steps: [], norms: "", loss: [], ratio: [] })], { changes: { running: true } });
  assert.deepEqual(none.page.texts(".norms text.mid"), ["nothing yet"]);
  assert.deepEqual(none.norms?.rows(0), [["gradient, ResNet", "no step yet"]]);
  const broken = drawn([net({ steps: [0, 1], norms: packed(0, 0, 0, 0, ...Array(4).fill(BROKEN)) })], { frame: 1 });
  assert.deepEqual(broken.page.texts(".norms text.mid"), ["not finite from step 2"]);
  assert.deepEqual(broken.page.attributes(".trace", "d"), [""]);
});

test("the column that is pointed at has its norms marked and said", () => {
  const { page, figure } = drawn([still(-1400, ZERO, BROKEN, 700)]);
  const marks = [0, 1, 2, 3].map((i) => {
    figure.show(i);
    return [page.attributes(".pick", "cx"), page.attributes(".pick", "cy"), page.texts("dd")[2]].flat();
  });
  assert.deepEqual(marks, [["125", "282", "1.0e-2"], ["375", "300", "0"], ["not finite"], ["875", "200", "1.0e+1"]]);
  assert.deepEqual(page.texts("dt.residual"), ["gradient, ResNet"]);
});

test("a mark goes along with its frame", () => {
  const { page, figure, made } = drawn([net()], { fixed: true });
  figure.show(0);
  figure.norms?.set(made, [0], 1, true);
  assert.deepEqual(page.attributes(".pick", "cy").map(Number).map(Math.round), [267]);
  figure.show(null);
  assert.deepEqual(page.attributes(".pick", "cy"), []);
});

test("in a narrow figure the title stands over the row and stays in sight", () => {
  const { page, figure } = drawn([still(0, 0, 0, 0)], { width: 390 });
  const title = page.find(".norms .name");
  assert.deepEqual(
    ["x", "y"].map((name) => title.getAttribute(name)),
    ["0", "183"],
  );
  figure.scroll.scrollLeft = 60;
  page.point(".rx-scroll", "scroll");
  assert.equal(title.getAttribute("x"), "60");
  assert.deepEqual(page.texts(".norms text.m.s"), ["10⁰", "10¹"]);
});
