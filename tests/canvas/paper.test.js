// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { fitted, print } from "../../resnet_explorer/ui/canvas/scripts/paper.js";
import { Page } from "./page.js";

test("a drawing is fitted to paper too, until it is taken away", () => {
  const page = new Page();
  /** @type {boolean[]} */
  const calls = [];
  print();
  const leave = fitted(page.host, (printed) => void calls.push(printed));
  page.resized[0]();
  page.print(true);
  page.print(false);
  leave();
  page.print(true);
  assert.deepEqual(calls, [false, true, true, false, false]);
});

test("while the browser prints, a drawing is not fitted to its room in the window", () => {
  const page = new Page();
  /** @type {boolean[]} */
  const calls = [];
  print();
  const leave = fitted(page.host, (printed) => void calls.push(printed));
  page.print(true);
  page.resized[0]();
  assert.deepEqual(calls, [true, true]);
  page.print(false);
  page.resized[0]();
  assert.deepEqual(calls.slice(-1), [false]);
  leave();
});

test("a chart is as wide as its room on paper, and then as before, without a word to Streamlit", (context) => {
  const page = new Page(1120);
  page.host.innerHTML = '<div class="js-plotly-plot"><svg width="1760"></svg></div>';
  const place = /** @type {any} */ (page.find(".js-plotly-plot"));
  const svg = page.find("svg");
  const emit = () => {};
  place.emit = emit;
  /** @type {[number, boolean][]} */
  const drawn = [];
  const Plotly = {
    relayout: (/** @type {any} */ each, /** @type {any} */ { width }) => {
      svg.setAttribute("width", width);
      drawn.push([width, each.emit === emit]);
    },
  };
  Object.assign(globalThis, { Plotly });
  context.after(() => Reflect.deleteProperty(globalThis, "Plotly"));
  print();
  page.print(true);
  assert.deepEqual(drawn, [[1120, false]]);
  page.print(false);
  assert.deepEqual(drawn.slice(1), [[1760, false]]);
  assert.equal(place.emit, emit);
  page.width = 0;
  page.print(true);
  assert.equal(drawn.length, 2);
});

test("drawings are made before the browser turns to paper, in the room that they will have", () => {
  const page = new Page();
  const main = page.window.document.createElement("main");
  main.dataset.testid = "stMainBlockContainer";
  page.parent.append(main);
  /** @type {[boolean, string][]} */
  const calls = [];
  print();
  const leave = fitted(page.host, (printed) => void calls.push([printed, main.className]));
  page.print(true);
  page.print(false);
  leave();
  assert.deepEqual(calls.slice(0, 3), [
    [true, "on-paper"],
    [true, ""],
    [false, ""],
  ]);
});
