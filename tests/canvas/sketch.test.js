// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { show } from "../../resnet_explorer/ui/canvas/scripts/main.js";
import { nearest, passed, stroke, told, value } from "../../resnet_explorer/ui/canvas/scripts/pure/sketching.js";
import { Page } from "./page.js";

/** @import { SketchData } from "../../resnet_explorer/ui/canvas/scripts/kinds.js" */

/** @type {SketchData} */
const BLANK = {
  kind: "sketch",
  line: "plain",
  residual: false,
  room: [100, 36, 100, 64, 300],
  x: { title: "layers", ticks: [[0, "20"]] },
  y: { title: "loss", ticks: [[0.5, "1"]], log: true, ends: [0.01, 100] },
  rules: [[0.5, "chance,\nln 10"]],
  places: [
    [0, "20"],
    [0.5, "32"],
    [1, "56"],
  ],
  heights: [null, null, null],
};

/** @param {Partial<SketchData>} changes */
function held(changes = {}) {
  const page = new Page(400);
  /** @type {unknown[]} */
  const said = [];
  const send = (/** @type {Partial<SketchData>} */ more = {}) =>
    show({
      data: { ...BLANK, ...changes, ...more },
      parentElement: page.parent,
      setTriggerValue: (name, heights) => said.push([name, heights]),
    });
  const close = page.leaving(send());
  const svg = /** @type {SVGElement} */ (page.host.querySelector("svg"));
  const { MouseEvent, KeyboardEvent } = page.window;
  const point = (/** @type {string} */ name, /** @type {number} */ clientX, /** @type {number} */ clientY) =>
    svg.dispatchEvent(new MouseEvent(name, { clientX, clientY, bubbles: true }));
  const press = (/** @type {string[]} */ ...keys) => {
    for (const key of keys) svg.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    svg.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  };
  const valued = () => svg.getAttribute("aria-valuetext");
  const knots = () => page.host.querySelectorAll("circle").length;
  return { page, said, send, close, svg, point, press, valued, knots };
}

test("a stroke fills the places on its way, and leaves the others", () => {
  assert.deepEqual(stroke([null, null, null, 7], [0, 100], [2, 300]), [100, 200, 300, 7]);
  assert.deepEqual(stroke([null, null, null], [2, 300], [0, 100]), [100, 200, 300]);
  assert.deepEqual(stroke([1, 2], [1, 9], [1, 9]), [1, 9]);
});

test("a place without a point is passed where the line goes", () => {
  assert.equal(passed([0, null, 400], 1), 200);
  assert.equal(passed([null, 300, null], 2), 300);
  assert.equal(passed([null, null], 0), 500);
});

test("the nearest place, the value at a height, and what is told", () => {
  assert.equal(nearest([0, 0.5, 1], 0.7), 1);
  assert.equal(value(500, { log: true, ends: [0.01, 100] }), "1");
  assert.equal(value(500, { log: false, ends: [0, 30] }), "15");
  assert.equal(told([null, 0, 1000]), ",0,1000");
});

test("a line is dragged, and told once, where the pointer is let go", () => {
  const { said, point, knots, close } = held();
  point("pointermove", 100, 36);
  assert.equal(knots(), 0);
  point("pointerdown", 100, 236);
  point("pointermove", 300, 36);
  assert.deepEqual(said, []);
  assert.equal(knots(), 3);
  point("pointerup", 300, 36);
  assert.deepEqual(said, [["setting", "0,500,1000"]]);
  close();
});

test("a line is clicked point by point", () => {
  const { said, point, close } = held();
  for (const [x, y] of [
    [102, 136],
    [290, 86],
  ]) {
    point("pointerdown", x ?? 0, y ?? 0);
    point("pointerup", x ?? 0, y ?? 0);
  }
  assert.deepEqual(said.at(-1), ["setting", "500,,750"]);
  close();
});

test("arrow keys set, move and take away points, and say where they are", () => {
  const { said, press, valued, close } = held();
  assert.equal(valued(), "at 20: no point yet");
  press("ArrowUp");
  assert.deepEqual(said, [["setting", "500,,"]]);
  assert.equal(valued(), "at 20: 1");
  press("PageUp", "ArrowDown", "ArrowRight", "ArrowUp");
  assert.deepEqual(said.at(-1), ["setting", "580,580,"]);
  assert.match(valued() ?? "", /^at 32: /);
  press("Delete");
  assert.deepEqual(said.at(-1), ["setting", "580,,"]);
  const before = said.length;
  press("End", "Tab");
  assert.equal(said.length, before);
  assert.equal(valued(), "at 56: no point yet");
  close();
});

test("clear takes the line away; what the page sends is the line", () => {
  const { page, said, send, knots, close } = held({ heights: [1, 2, 3] });
  assert.equal(knots(), 3);
  page.host.querySelector("button")?.click();
  assert.equal(knots(), 0);
  assert.deepEqual(said, [["setting", ",,"]]);
  send({ heights: [null, 5, null] });
  assert.equal(knots(), 1);
  close();
  assert.equal(page.host.children.length, 0);
});

test("axes, ticks, rules and titles stand there before anything is drawn", () => {
  const { svg, close } = held();
  const words = [...svg.querySelectorAll("text")].map((each) => each.textContent);
  for (const each of ["20", "1", "chance,", "ln 10", "layers", "loss", "Draw plain here"])
    assert.ok(words.includes(each));
  assert.equal(svg.getAttribute("role"), "slider");
  close();
});

test("at night the empty axes are dark as well", () => {
  const { page, send } = held();
  assert.ok(!page.host.classList.contains("rx-night"));
  page.host.style.setProperty("--st-background-color", "rgb(21, 24, 29)");
  send();
  assert.ok(page.host.classList.contains("rx-night"));
});
