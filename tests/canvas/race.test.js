// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { show } from "../../resnet_explorer/ui/canvas/scripts/main.js";
import { net, packed, run } from "./made.js";
import { Page } from "./page.js";

/** @import { NetData, RaceData, RunData } from "../../resnet_explorer/ui/canvas/scripts/data.js" */

const ROW = { unit: "u", low: -3, high: 0, share: false, percent: false, none: "no number", top: "" };

/**
 * A net of two layers, with two rows of numbers in each of three steps.
 * @param {Partial<NetData>} changes
 */
function racer(changes = {}) {
  return net({ norms: packed(0, 0, -700, -700, 0, 0, -1400, -700, 0, 0, 700, -700), ...changes });
}

const PLAIN = racer({ title: "plain", residual: false, loss: [2, 50, 1] });
const EMPTY = racer({ steps: [], loss: [], ratio: [], norms: "", ended: false });

/**
 * @param {Partial<RunData>} runs
 * @param {Partial<RaceData>} changes
 * @returns {RaceData}
 */
function data(runs = {}, changes = {}) {
  return {
    kind: "race",
    title: "plain against ResNet",
    status: "Done.",
    words: "losses",
    rows: [
      { ...ROW, title: "gradient norm", short: "gradient", share: true },
      { ...ROW, title: "each layer moves", short: "moves", percent: true, top: "all" },
    ],
    press: { label: "Run", run: true, stop: false },
    run: run({ nets: [PLAIN, racer()], last: 3, chance: 2.3, name: "one", together: true, tells: true, ...runs }),
    layers: [
      ["conv1", 1, "k3"],
      ["fc", 0.2, "fc"],
    ],
    arcs: [[0, 1, "identity", "layer1.0"]],
    cuts: false,
    tail: 1,
    ...changes,
  };
}

function component(width = 820) {
  const page = new Page(width);
  /** @type {[string, unknown][]} */
  const told = [];
  const send = (/** @type {RaceData} */ sent) =>
    show({ data: sent, parentElement: page.parent, setTriggerValue: (name, value) => told.push([name, value]) });
  return { page, told, send };
}

test("a race is one frame: its title, its buttons, both losses at one step, net and rows", () => {
  const { page, told, send } = component();
  send(data());
  assert.deepEqual(page.texts("h1"), ["plain against ResNet"]);
  assert.deepEqual(page.texts(".rx-race-number"), ["1.00", "0.0200"]);
  assert.deepEqual(page.texts(".rx-step"), ["step 3 of 3"]);
  assert.deepEqual(page.texts(".rx-race-side > b"), ["the net", "gradient norm", "each layer moves"]);
  assert.ok(page.texts("text").includes("chance: 2.30"));
  assert.equal(page.host.querySelectorAll(".arc").length, 1);
  assert.equal(page.host.querySelectorAll(".trace:not(.rx-ghost, .rx-raw, .rx-first)").length, 6);
  page.find(".rx-race-run").click();
  assert.deepEqual(told, [["run", true]]);
});

test("each net's loss ends in its mark, which is all there is of it at the first step", () => {
  const { page, send } = component();
  send(data({ at: 1, name: "one" }));
  const rows = 4; // marks of the layers, of two nets in two rows
  assert.equal(page.host.querySelectorAll(".dots.plain, .dots.residual").length, rows + 2);
  assert.ok(page.texts("text").includes("training loss, nats"));
  assert.ok(page.texts("text").includes("step 1"));
});

test("buttons say what can be done now", () => {
  const { page, told, send } = component();
  send(data({}, { press: { label: "Run again", run: false, stop: true } }));
  assert.deepEqual(page.texts(".rx-race-run, .rx-race-stop"), ["Run again", "Stop"]);
  page.find(".rx-race-run").click();
  page.find(".rx-race-stop").click();
  assert.deepEqual(told, [["stop", true]]);
});

test("while there is something to stop, the focus goes from Run to Stop, and back; into the drawing when both rest", () => {
  const { page, send } = component();
  const focused = () => /** @type {HTMLElement} */ (page.window.document.activeElement).className;
  send(data());
  page.find(".rx-race-run").focus();
  send(data({}, { press: { label: "Run", run: false, stop: true } }));
  assert.equal(focused(), "rx-race-stop");
  send(data({}, { press: { label: "Run again", run: true, stop: false } }));
  assert.equal(focused(), "rx-race-run");
  send(data({}, { press: { label: "Run", run: false, stop: false } }));
  assert.equal(focused(), "rx-race-body");
  page.find(".rx-slider").focus();
  send(data());
  assert.equal(focused(), "rx-slider");
});

test("rows keep the first step as thin lines, and say what the top of a scale means", () => {
  const { page, send } = component();
  const [thin, shown] = [() => page.host.querySelectorAll(".rx-first.trace").length, () => page.texts("text")];
  send(data({ at: 1 }));
  assert.equal(thin(), 0);
  assert.ok(!shown().includes("thin lines: step 1"));
  assert.ok(shown().includes("all"));
  page.press(".rx-race-body", "ArrowRight");
  assert.equal(thin(), 4);
  assert.ok(shown().includes("thin lines: step 1"));
  page.press(".rx-race-body", "ArrowRight"); // what is above the scale stands in its place
  assert.ok(!shown().includes("all"));
});

test("the slider is as long as the losses, whose cursor begins under it", () => {
  const { page, send } = component();
  send(data());
  const [left, plot] = ["--left", "--plot"].map((name) => Number(page.host.style.getPropertyValue(name)));
  const cursor = () => page.attributes(".cursor", "d")[0];
  assert.match(cursor() ?? "", new RegExp(`^M${left + plot} 0V`));
  page.press(".rx-race-body", "ArrowLeft");
  page.press(".rx-race-body", "ArrowLeft");
  assert.match(cursor() ?? "", new RegExp(`^M${left} 0V`));
});

test("beside its loss a net is called by its name alone", () => {
  const { page, send } = component();
  send(data({ nets: [racer({ title: "plain-110, PreResNet blocks" }), racer({ title: "PreResNet-1001 (CIFAR)" })] }));
  assert.deepEqual(page.texts(".rx-race-name b"), ["plain-110", "PreResNet-1001 (CIFAR)"]);
  assert.deepEqual(page.texts(".rx-race-name .rx-long"), ["PreResNet-1001 (CIFAR)"]);
});

test("arrows step and space plays from anywhere in the frame; up and down go through the layers", () => {
  const { page, send } = component();
  send(data());
  page.press(".rx-race-body", "ArrowLeft");
  assert.deepEqual(page.texts(".rx-step"), ["step 2 of 3"]);
  assert.ok(page.press(".rx-race-body", " "));
  assert.equal(page.find(".rx-play").getAttribute("aria-label"), "Pause");
  page.press(".rx-race-body", " ");
  page.press(".rx-race-body", "ArrowDown");
  assert.deepEqual(page.texts(".rx-path"), ["conv1"]);
  page.press(".rx-race-body", "ArrowUp");
  page.press(".rx-race-body", "ArrowDown");
  page.press(".rx-race-body", "ArrowDown");
  assert.deepEqual(page.texts(".rx-path"), ["fc"]);
  page.press(".rx-race-body", "Escape");
  assert.ok(page.find(".rx-tip").hidden);
});

test("a layer is told with its norm, its share and how far it moves, at the step that is shown", () => {
  const { page, send } = component();
  send(data());
  page.press(".rx-race-body", "ArrowDown");
  assert.deepEqual(page.texts("dd"), [
    "1.0e+0, 71.0 % of its net's",
    "1.0e+0, 71.0 % of its net's",
    "1,000 %",
    "1,000 %",
  ]);
});

test("what leaves its scale is marked there, and told", () => {
  const { page, send } = component();
  send(data());
  assert.ok(page.texts("text").includes("plain: 1 layer above the scale; ResNet: 1 layer above the scale"));
  assert.equal(page.host.querySelectorAll(".rx-beyond").length, 0);
  page.press(".rx-race-body", "ArrowLeft"); // a loss of 50 is above 10
  assert.equal(page.host.querySelectorAll(".rx-beyond.plain").length, 1);
  assert.deepEqual(page.texts(".rx-race-number"), ["50.0", "0.200"]);
});

test("scales do not move in play, and are those of every run", () => {
  const { page, send } = component();
  send(data());
  const ticks = page.texts("text.end").filter((text) => /^[\d.]+( %)?$/.test(text ?? ""));
  page.press(".rx-race-body", "ArrowLeft");
  send(data({ name: "two", nets: [racer({ loss: [1e6, 1e9, 1e12] })] }));
  assert.deepEqual(
    page.texts("text.end").filter((text) => /^[\d.]+( %)?$/.test(text ?? "")),
    ticks,
  );
});

test("nets stand at the same step: as long as one has made none, none is shown", () => {
  const { page, send } = component();
  send(data({ running: true, nets: [EMPTY, racer({ ended: false })] }));
  assert.deepEqual(page.texts(".rx-step"), ["no step yet"]);
  assert.deepEqual(page.texts(".rx-race-number"), ["–", "–"]);
  send(data({ running: true, nets: [{ ...EMPTY, ended: true }, racer({ ended: false })] }));
  assert.deepEqual(page.texts(".rx-step"), ["step 3"]); // it failed before its first step: nobody waits for it
});

test("the run before stays as pale lines until other rows are chosen", () => {
  const { page, send } = component();
  const ghosts = () => page.host.querySelectorAll(".trace.rx-ghost").length;
  send(data());
  assert.equal(ghosts(), 0);
  const next = { name: "two", nets: [{ ...EMPTY, ended: true }] };
  send(data(next, { status: "Not run yet." }));
  assert.equal(ghosts(), 6);
  assert.deepEqual(page.texts("p"), ["Not run yet. Pale: the run before."]);
  send(data({ ...next, nets: [racer()] }));
  assert.equal(ghosts(), 6); // beside the new one
  send(
    data(next, {
      rows: [
        { ...ROW, title: "weight norm", short: "w" },
        { ...ROW, title: "moves", short: "m" },
      ],
    }),
  );
  assert.equal(ghosts(), 0);
});

test("another run that comes whole has the one before behind it too", () => {
  const { page, send } = component();
  send(data());
  send(data({ name: "two" }));
  assert.equal(page.host.querySelectorAll(".trace.rx-ghost").length, 6);
});

test("the same run measured again keeps the recorded one behind it", () => {
  const { page, send } = component();
  send(data());
  send(data({ running: true, nets: [EMPTY, EMPTY] }));
  assert.equal(page.host.querySelectorAll(".trace.rx-ghost").length, 6);
  send(
    data({
      running: true,
      nets: [PLAIN, racer({ ended: false })].map((each) => ({
        ...each,
        steps: [0],
        loss: [2],
        ratio: [1],
        norms: packed(0, 0, 0, 0),
      })),
    }),
  );
  assert.equal(page.host.querySelectorAll(".trace:not(.rx-ghost, .rx-raw)").length, 6);
});

test("a click into the losses goes to that step", () => {
  const { page, told, send } = component();
  send(data());
  page.point("svg[role=img]", "click", { clientX: 300, clientY: 60 });
  assert.deepEqual(page.texts(".rx-step"), ["step 1 of 3"]);
  page.point("svg[role=img]", "click", { clientX: 10, clientY: 60 });
  assert.deepEqual(page.texts(".rx-step"), ["step 1 of 3"]);
  assert.deepEqual(told, []);
});

test("a press on an arc tells its block, cut or not; the button is large enough, and keeps the focus", () => {
  const { page, told, send } = component();
  const arcs = /** @type {RaceData["arcs"]} */ ([
    [0, 0, "identity", "layer1.0"],
    [1, 1, null, "layer1.1"],
  ]);
  send(data({}, { arcs, cuts: true }));
  assert.deepEqual(page.attributes(".rx-cut", "aria-pressed"), ["true", "false"]);
  assert.equal(page.host.querySelectorAll("path.arc").length, 1);
  for (const button of page.host.querySelectorAll(".rx-cut")) {
    const { width, height } = /** @type {HTMLElement} */ (button).style;
    assert.ok(Number.parseFloat(width) >= 24 && Number.parseFloat(height) >= 24, `${width} ${height}`);
    /** @type {HTMLElement} */ (button).click();
  }
  assert.deepEqual(told, [
    ["cut", "layer1.0"],
    ["cut", "layer1.1"],
  ]);
  page.find(".rx-cut").focus();
  send(data({}, { arcs: [[0, 0, null, "layer1.0"], arcs[1]], cuts: true }));
  assert.equal(page.window.document.activeElement, page.find(".rx-cut"));
  assert.equal(page.find(".rx-cut").title, "Put the shortcut of layer1.0 back");
  send(data({}, { arcs, cuts: false }));
  assert.equal(page.host.querySelectorAll(".rx-cut").length, 0);
});

test("a race that has no room yet has buttons without a place, which stand over their arcs once it has", () => {
  const { page, send } = component(0);
  send(data({}, { cuts: true }));
  const cut = page.find(".rx-cut");
  assert.equal(cut.style.width, "");
  page.width = 820;
  for (const fit of page.resized) fit();
  assert.ok(Number.parseFloat(cut.style.width) >= 24, cut.style.width);
});

test("a loss is told and drawn as the mean of some steps, and that of each step pale", () => {
  const { page, send } = component();
  send(data({}, { tail: 2 }));
  assert.deepEqual(page.texts(".rx-race-number"), ["25.5", "0.110"]);
  assert.deepEqual(page.texts(".rx-race-unit"), ["mean of 2", "mean of 2"]);
  const [raw, mean] = ["rx-raw", ""].map((css) => page.attributes(`path[class="trace plain ${css}"]`, "d")[0]);
  assert.notEqual(raw, mean);
  const named = () => page.texts("text").filter((text) => text === "pale, jagged: each step").length;
  assert.equal(named(), 1);
  send(data());
  assert.equal(named(), 0); // a loss of its own has one line
  send(data({}, { tail: 2 }));
  page.press(".rx-race-body", "Home");
  page.press(".rx-race-body", "ArrowLeft");
  page.press(".rx-race-body", "ArrowLeft");
  assert.deepEqual(page.texts(".rx-race-unit"), ["loss", "loss"]);
});

test("the slider is as long as the run has come", () => {
  const { page, send } = component();
  const made = () => Number(page.host.style.getPropertyValue("--made"));
  send(data({ last: 5, running: true }));
  assert.equal(made(), 0.5);
  send(data({ last: 3 }));
  assert.equal(made(), 1);
  send(data({ last: 9, name: "two", running: true, nets: [EMPTY, EMPTY] }));
  assert.equal(made(), 1); // nothing can be moved yet
});

test("a race that the page takes away and brings again, as when it turns dark, is there once", () => {
  const { page, send } = component();
  send(data())();
  send(data());
  assert.deepEqual(page.texts("h1"), ["plain against ResNet"]);
});
