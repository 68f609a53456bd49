// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { Axis } from "../../resnet_explorer/ui/canvas/scripts/axis.js";
import { foldable, look, sight } from "../../resnet_explorer/ui/canvas/scripts/folds.js";
import { labelled } from "../../resnet_explorer/ui/canvas/scripts/labels.js";
import { axis } from "./made.js";
import { Page } from "./page.js";

/** @import { AxisData } from "../../resnet_explorer/ui/canvas/scripts/data.js" */

/**
 * @param {number} width
 * @param {Partial<AxisData>} changes
 */
function shown(width = 1132, changes = {}) {
  const page = new Page(width);
  const figure = new Axis(page.host, axis(changes), false, null);
  /** @type {string[]} */
  const turned = [];
  foldable(figure, (stage) => turned.push(stage));
  return { page, figure, turned };
}

test("a click on a stage's name turns it over, and says beforehand what it does", () => {
  const { page, turned } = shown();
  page.point(".stage[data-folds]", "click");
  assert.deepEqual(turned, ["conv2_x"]);
  assert.deepEqual(page.texts(".stage title"), ["Draw equal blocks of conv2_x as lines"]);
  const folded = shown(1132, { svg: axis().svg.replace('data-first="1"', 'data-first="1" data-folded=""') });
  assert.deepEqual(folded.page.texts(".stage title"), ["Draw each block of conv2_x"]);
});

test("F turns over the stage of the layer that is pointed at, once", () => {
  const { page, figure, turned } = shown();
  page.press(".rx-scroll", "f");
  figure.show(0);
  page.press(".rx-scroll", "f");
  assert.deepEqual(turned, []);
  figure.show(2);
  for (const held of ["ctrlKey", "metaKey", "altKey"]) page.press(".rx-scroll", "f", { [held]: true });
  assert.deepEqual(turned, []); // the browser's own
  page.press(".rx-scroll", "F");
  page.press(".rx-scroll", "f");
  assert.deepEqual(turned, ["conv2_x"]);
  const other = shown();
  other.figure.show(1);
  other.page.press(".rx-scroll", "f");
  assert.deepEqual(other.turned, ["conv2_x"]);
});

test("what a visitor looks at stays where it is on the screen: the column at the left edge", () => {
  const { page, figure } = shown(390, { slots: 160 });
  figure.scroll.scrollLeft = 260; // 59 into the second column, which begins at 201
  const seen = sight(figure);
  assert.deepEqual([seen.path, seen.x, seen.scrolled, seen.focused], ["layer1.0.conv1", -59, 260, false]);
  const wider = new Axis(page.host, axis({ slots: 320 }), false, null);
  look(wider, seen);
  assert.equal(wider.scroll.scrollLeft, 1 + 400 + 59);
  look(wider, { ...seen, path: "conv1" });
  assert.equal(wider.scroll.scrollLeft, 1 + 59);
});

test("a stage that was turned over stays where it was, wherever its figure was scrolled", () => {
  const { page, figure } = shown(390, { slots: 160 });
  figure.scroll.scrollLeft = 20;
  page.point(".stage[data-folds]", "click");
  assert.deepEqual([sight(figure).path, sight(figure).x], ["layer1.0.conv1", 181]);
});

test("where the layer is gone, the figure is scrolled as far as before", () => {
  const { page, figure } = shown(390, { slots: 160 });
  figure.scroll.scrollLeft = 260;
  const seen = sight(figure);
  const other = new Axis(page.host, axis({ items: [["other", 0, 7, null, 1, 1]] }), false, null);
  look(other, seen);
  assert.equal(other.scroll.scrollLeft, 260);
});

test("the layer under the keyboard is found again", () => {
  const { page, figure } = shown();
  figure.scroll.focus();
  figure.show(0);
  const seen = sight(figure);
  assert.equal(seen.focused, true);
  figure.close();
  const next = new Axis(page.host, axis(), false, null);
  look(next, seen);
  assert.equal(next.at, 0);
  assert.equal(page.window.document.activeElement, next.scroll);
});

test("the number at the head of a track says how it comes about, to pointer and keys", () => {
  const page = new Page();
  const figure = new Axis(page.host, axis(), false, null);
  labelled(figure);
  figure.show(1);
  page.point(".over", "pointermove");
  assert.equal(figure.at, null);
  assert.deepEqual(page.texts(".rx-tip > *"), ["parameters; most, 100, at conv1", "100 + 50 + 0 + 25 = 175"]);
  assert.deepEqual(page.texts(".rx-said"), ["parameters; most, 100, at conv1: 100 + 50 + 0 + 25 = 175"]);
  assert.deepEqual([page.find(".rx-tip").style.left, page.find(".rx-tip").style.top], ["0px", "304px"]);
  assert.deepEqual(
    [...page.host.querySelectorAll(".side")].map((node) => node.classList.contains("rx-told")),
    [false, true],
  );
});

test("up and down go through the tracks, from the first or from the last", () => {
  const page = new Page();
  const [track] = axis().tracks;
  const tracks = ["a", "b", "c"].map((heading, n) => ({ ...track, heading, top: 250 + 100 * n }));
  const figure = new Axis(page.host, axis({ tracks }), false, null);
  labelled(figure);
  const heard = (/** @type {string} */ key) => page.press(".rx-scroll", key) && page.texts(".rx-tip .rx-what")[0];
  assert.deepEqual(["ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown"].map(heard), ["c", "b", "c", "c"]);
  const other = new Page();
  const fresh = new Axis(other.host, axis({ tracks }), false, null);
  labelled(fresh);
  other.press(".rx-scroll", "ArrowDown");
  assert.deepEqual(other.texts(".rx-tip .rx-what"), ["a"]);
  assert.equal(other.find(".rx-tip").style.top, "304px");
  other.press(".rx-scroll", "ArrowDown");
  assert.equal(other.find(".rx-tip").style.top, "320px"); // inside the figure
  other.press(".rx-scroll", "ArrowUp");
  other.press(".rx-scroll", "ArrowUp");
  assert.deepEqual(other.texts(".rx-tip .rx-what"), ["a"]);
  other.window.document.documentElement.style.fontSize = "8px";
  fresh.fit();
  other.press(".rx-scroll", "ArrowUp");
  assert.equal(other.find(".rx-tip").style.top, "152px");
});
