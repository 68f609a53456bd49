// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { Area } from "../../resnet_explorer/ui/canvas/scripts/area.js";
import { costs } from "../../resnet_explorer/ui/canvas/scripts/pure/blocks.js";
import { Page } from "./page.js";

/** @import { AreaData, BlockSetting } from "../../resnet_explorer/ui/canvas/scripts/data.js" */

/** @type {BlockSetting} */
const FAMOUS = {
  channels: 256,
  reduction: 4,
  pixels: 56,
  norm: false,
  projection: false,
  field: "outer",
  area: "params",
};

/**
 * @param {Partial<BlockSetting>} changes
 * @returns {AreaData}
 */
function sent(changes = {}) {
  const setting = { ...FAMOUS, ...changes };
  /** @type {Record<"channels" | "reduction" | "pixels", [number, number, number]>} */
  const limits = { channels: [64, 2048, 64], reduction: [1, 16, 1], pixels: [1, 224, 1] };
  return { kind: "area", setting, costs: costs(setting), limits, height: 560 };
}

/** @param {Partial<BlockSetting>} changes */
function shown(changes = {}) {
  const page = new Page(812);
  /** @type {string[]} */
  const told = [];
  const tell = (/** @type {string} */ _, /** @type {any} */ value) => told.push(value);
  const area = new Area(page.host, tell);
  area.update(sent(changes), tell);
  for (const call of page.resized) call();
  return { page, told, area, tell };
}

/**
 * @param {Page} page
 * @param {string} label
 * @param {number} value
 */
function drag(page, label, value) {
  const range = /** @type {HTMLInputElement} */ (/** @type {unknown} */ (page.find(`[aria-label="${label}"]`)));
  range.valueAsNumber = value;
  range.dispatchEvent(new page.window.Event("input"));
  return range;
}

test("the famous comparison: one field, seventeen numbered tiles, the factor, and the same in words", () => {
  const { page } = shown();
  assert.deepEqual(page.texts(".rx-area-factor, .rx-area-quotient"), ["16.94×", "1,179,648 ÷ 69,632 weights"]);
  assert.deepEqual(
    page.texts(".rx-area-drawing .rx-area-number"),
    [...Array(17)].map((_, i) => String(i + 1)),
  );
  assert.deepEqual(page.texts(".rx-area-side text"), ["1×1", "3×3", "1×1"]);
  assert.equal(page.find("section").style.getPropertyValue("--height"), "560px");
  const said = page.find(".rx-area-drawing").getAttribute("aria-label") ?? "";
  assert.match(
    said,
    /1,179,648, filled with 16\.94 tiles .* one bottleneck, 69,632: 1×1 16,384, 3×3 36,864, 1×1 16,384/,
  );
});

test("with what fills the field hidden, it is empty, nothing tells how much does, and it is filled once that is told", () => {
  const { page, area, tell } = shown();
  area.update({ ...sent(), hides: ["tiles"] }, tell);
  assert.deepEqual(page.texts(".rx-area-one, .rx-area-factor"), ["one bottleneck: ?", "?×"]);
  assert.deepEqual(page.texts(".rx-area-field"), ["two 3×3 at 256 channels: 1,179,648"]);
  assert.deepEqual(page.texts(".rx-area-number, .rx-area-side text"), []);
  assert.equal([...page.host.querySelectorAll(".rx-area-part")].map((each) => each.getAttribute("d")).join(""), "");
  assert.doesNotMatch(page.host.innerHTML, /16\.94|69,632|36,864|1\.06/);
  area.update(sent(), tell);
  assert.deepEqual(page.texts(".rx-area-factor"), ["16.94×"]);
  assert.equal(page.texts(".rx-area-number").length, 17);
});

test("the fair comparison is one tile and a sliver", () => {
  const { page } = shown({ field: "inner" });
  assert.deepEqual(page.texts(".rx-area-factor, .rx-area-quotient"), ["1.06×", "73,728 ÷ 69,632 weights"]);
  assert.deepEqual(page.texts(".rx-area-title"), ["As wide as its 3×3, not as its input. How many weights?"]);
  assert.match(page.find(".rx-area-begins").getAttribute("d") ?? "", /^M755\.56 0\.00v388\.00$/);
});

test("a drag is drawn at once and told once, when it ends", () => {
  const { page, told } = shown();
  drag(page, "Reduction", 8);
  const range = drag(page, "Reduction", 16);
  assert.deepEqual(page.texts(".rx-area-factor"), ["112.39×"]);
  assert.equal(range.getAttribute("aria-valuetext"), "16: 112.39×");
  assert.deepEqual(told, []);
  range.dispatchEvent(new page.window.Event("change"));
  assert.deepEqual(told, ["channels=256&reduction=16&pixels=56&with_bn=0&with_projection=0&field=outer&area=params"]);
});

test("keys that are held are told when they are let go", () => {
  const { page, told } = shown();
  for (const value of [5, 6]) {
    page.press('[aria-label="Reduction"]', "ArrowRight");
    drag(page, "Reduction", value).dispatchEvent(new page.window.Event("change"));
  }
  assert.deepEqual(told, []);
  page.find('[aria-label="Reduction"]').dispatchEvent(new page.window.Event("keyup"));
  assert.equal(told.length, 1);
});

test("a slider that is left does not end the drag of another", () => {
  const { page, told } = shown();
  drag(page, "Map", 8);
  page.find('[aria-label="Channels"]').dispatchEvent(new page.window.Event("blur"));
  assert.deepEqual(told, []);
});

test("the page's answer to an earlier setting does not take a later one back, but undo does", () => {
  const { page, told, area, tell } = shown();
  for (const value of [8, 16]) drag(page, "Reduction", value).dispatchEvent(new page.window.Event("change"));
  area.update(sent({ reduction: 8 }), tell);
  assert.deepEqual(page.texts(".rx-area-factor"), ["112.39×"]);
  area.update(sent({ reduction: 16 }), tell);
  area.update(sent(), tell);
  assert.deepEqual([...page.texts(".rx-area-factor"), told.length], ["16.94×", 2]);
});

test("while a slider is held, what the page sends waits", () => {
  const { page, area, tell } = shown();
  drag(page, "Reduction", 16);
  area.update(sent({ reduction: 2 }), tell);
  assert.deepEqual(page.texts(".rx-area-factor"), ["112.39×"]);
});

test("switches change what is drawn, and are told", () => {
  const { page, told } = shown();
  const boxes = [...page.host.querySelectorAll("input")].filter(({ type }) => type !== "range");
  for (const box of boxes.slice(3)) box.click();
  assert.match(page.texts(".rx-area-quotient")[0] ?? "", /^3\.90 G ÷ 424 M multiply-adds$/);
  assert.deepEqual(page.texts(".rx-area-title"), ["Same input, same output. How many multiply-adds?"]);
  assert.match(told.at(-1) ?? "", /with_bn=1&with_projection=1&field=outer&area=macs$/);
});

test("numbers that the page counted stand before the closed form", () => {
  const { page, area, tell } = shown();
  const data = sent();
  data.costs.wide = [["conv1", 2 * 69_632, 1]];
  area.update(data, tell);
  assert.deepEqual(page.texts(".rx-area-factor"), ["2.00×"]);
});
