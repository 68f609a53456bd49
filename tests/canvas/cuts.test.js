// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { View } from "../../resnet_explorer/ui/canvas/scripts/view.js";
import { axis, sent } from "./made.js";
import { Page } from "./page.js";

/** @import { ShortcutData, PageData } from "../../resnet_explorer/ui/canvas/scripts/data.js" */

/** @type {ShortcutData[]} */
const CUTS = [
  { blocks: "layer1.0", first: 0, last: 1, foot: 60, on: true },
  { blocks: "layer1.1-3", first: 2, last: 3, foot: 60, on: false },
];

/** @param {Partial<PageData>} changes */
function shown(changes = {}) {
  const page = new Page();
  /** @type {unknown[]} */
  const told = [];
  const tell = (/** @type {string} */ name, /** @type {unknown} */ value) => told.push([name, value]);
  const view = new View(page.host, tell);
  view.update(sent({ figures: [axis({ cuts: CUTS })], ...changes }), tell);
  return { page, view, told, tell };
}

test("a press on an arc, whether it is there or cut, tells its blocks and opens none", () => {
  const { page, told } = shown();
  for (const button of page.host.querySelectorAll("button")) button.click();
  assert.deepEqual(told, [
    ["cut", "layer1.0"],
    ["cut", "layer1.1-3"],
  ]);
  assert.deepEqual(page.attributes(".rx-cut", "aria-pressed"), ["true", "false"]);
  assert.deepEqual(page.attributes(".rx-cut", "title"), [
    "Cut the shortcut of layer1.0",
    "Put the shortcut of layer1.1-3 back",
  ]);
});

test("a button stands over its block's columns, and is no smaller than a finger needs", () => {
  const { page } = shown();
  const { left, width, top, height } = page.find(".rx-cut").style;
  assert.deepEqual([left, width, top, height], ["124px", "500px", "33px", "31px"]);
});

test("the shortcuts are one stop of the Tab key, and arrow keys go through them, not through the layers", () => {
  const { page, view, told } = shown();
  assert.deepEqual(page.attributes(".rx-cut", "tabindex"), ["0", "-1"]);
  page.find(".rx-cut").focus();
  page.press(".rx-cut", "ArrowRight");
  assert.deepEqual(page.attributes(".rx-cut", "tabindex"), ["-1", "0"]);
  assert.equal(page.window.document.activeElement?.getAttribute("aria-label"), "shortcut of layer1.1-3");
  assert.equal(page.press(".rx-cut", "Enter"), false); // the button's own
  assert.deepEqual([view.figures[0].at, told], [null, []]);
});

test("the focus stays on a shortcut whose net has been drawn again", () => {
  const { page, view, tell } = shown();
  page.find(".rx-cut").focus();
  const cuts = CUTS.map((each) => ({ ...each, on: false }));
  view.update(sent({ figures: [axis({ cuts, svg: axis().svg.replace("<svg", '<svg data-new=""') })] }), tell);
  assert.equal(page.window.document.activeElement, page.find(".rx-cut"));
});

test("there are none where nothing may be cut, nor over the plain net of two", () => {
  assert.equal(shown({ cuts: false }).page.host.querySelectorAll(".rx-cut").length, 0);
  const plain = axis({ cuts: CUTS.map((each) => ({ ...each, on: false })) });
  const { page } = shown({ figures: [plain, axis({ cuts: CUTS })] });
  assert.equal(page.host.querySelectorAll(".rx-cut").length, 2);
});
