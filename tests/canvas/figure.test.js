// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { Axis } from "../../resnet_explorer/ui/canvas/scripts/axis.js";
import { Block } from "../../resnet_explorer/ui/canvas/scripts/block.js";
import { View } from "../../resnet_explorer/ui/canvas/scripts/view.js";
import { axis, block, sent } from "./made.js";
import { Page } from "./page.js";

/** @import { AxisData } from "../../resnet_explorer/ui/canvas/scripts/data.js" */

/**
 * A net in so much room, and the blocks that were opened in it.
 * @param {number} width
 * @param {Partial<AxisData>} changes
 */
function shown(width = 1132, changes = {}) {
  const page = new Page(width);
  /** @type {string[]} */
  const opened = [];
  const figure = new Axis(page.host, axis(changes), false, (path) => opened.push(path));
  return { page, figure, opened };
}

/** The pointer at a place of the plot. @param {number} unit */
function over(unit, y = 100) {
  return { clientX: 124 + unit, clientY: y };
}

test("an axis fills its room", () => {
  const { page } = shown(1132);
  const svg = page.find("svg");
  assert.deepEqual(
    ["viewBox", "width", "height"].map((name) => svg.getAttribute(name)),
    ["0 0 1132 400", "1132", "400"],
  );
  assert.equal(page.find(".plot").getAttribute("transform"), "translate(124 0) scale(1 1)");
  assert.equal(page.find(".shades").getAttribute("transform"), "translate(124.0 0)");
  assert.equal(page.find(".ways").getAttribute("transform"), "translate(1024.0 0)");
  assert.deepEqual(
    page.attributes(".stage", "transform"),
    [249, 624, 999].map((x) => `translate(${x}.0 0)`),
  );
});

test("a narrow axis has its labels above the tracks, and stages without room for their names are hidden", () => {
  const { page } = shown(160);
  assert.ok(page.find("svg").classList.contains("narrow"));
  assert.ok(page.find("svg").classList.contains("slim"));
  assert.equal(page.find(".plot").getAttribute("transform"), "translate(1 0) scale(0.157 1)");
  assert.deepEqual(page.attributes(".stage", "visibility"), [null, null, null]);
  assert.deepEqual(
    page.attributes(".stage", "transform"),
    [20.6, 79.5, 138.4].map((x) => `translate(${x} 0)`),
  );
  const spare = shown(100).page;
  assert.deepEqual(spare.attributes(".stage", "visibility"), ["hidden", null, "hidden"]);
});

test("text that is set larger enlarges the drawing", () => {
  const { page, figure } = shown();
  page.window.document.documentElement.style.fontSize = "24px";
  figure.fit();
  const svg = page.find("svg");
  assert.equal(svg.getAttribute("viewBox"), `0 0 ${1132 / 1.5} 400`);
  assert.deepEqual(
    ["width", "height"].map((name) => svg.getAttribute(name)),
    ["1132", "600"],
  );
});

test("without room nothing is laid out until there is some", () => {
  const { page, figure } = shown(0);
  assert.equal(figure.fitted, null);
  page.width = 1132;
  figure.fit();
  assert.equal(page.find(".plot").getAttribute("transform"), "translate(124 0) scale(1 1)");
});

test("a column that is pointed at lights up through all tracks, with its number over its bar", () => {
  const { page } = shown();
  page.point("svg", "pointermove", over(300));
  const band = page.find(".band");
  assert.deepEqual(
    ["x", "y", "width", "height"].map((name) => band.getAttribute(name)),
    ["250", "24", "250", "370"],
  );
  const lit = page.find(".lit rect");
  assert.deepEqual(
    ["x", "y", "width", "height"].map((name) => lit.getAttribute(name)),
    ["251.5", "275", "247", "25"],
  );
  const number = page.find(".values text");
  assert.deepEqual([number.textContent, number.getAttribute("x"), number.getAttribute("y")], ["50", "499", "271"]);
  assert.deepEqual(page.attributes("rect.on", "data-i"), ["1"]);
  assert.deepEqual(page.attributes(".arc.on", "data-block"), ["layer1.0"]);
});

test("where a figure begins in the window, and how large its text is, makes no difference to what is pointed at", () => {
  const { page, figure } = shown();
  page.corner = { left: 10, top: 20 };
  page.point("svg", "pointermove", { clientX: 10 + 124 + 249, clientY: 20 + 25 });
  assert.equal(figure.at, 0);
  page.window.document.documentElement.style.fontSize = "24px";
  figure.fit();
  const unit = ((1132 / 1.5 - 132) / 1000) * 1.5;
  page.point("svg", "pointermove", { clientX: 10 + 124 * 1.5 + 251 * unit, clientY: 20 + 25 * 1.5 });
  assert.equal(figure.at, 1);
});

test("what is pointed at stays lit when the figure is fitted anew", () => {
  const { page, figure } = shown();
  assert.equal(page.find(".band").getAttribute("visibility"), "hidden");
  figure.show(1);
  assert.equal(page.find(".band").getAttribute("visibility"), "visible");
  page.width = 632;
  figure.fit();
  assert.deepEqual(page.attributes(".values text", "x"), [String(124 + 187.5)]);
});

test("a mouse that leaves takes the card along, a finger does not", () => {
  const { page, figure } = shown();
  figure.show(1);
  const leave = (/** @type {string} */ pointerType) =>
    page.find("svg").dispatchEvent(new page.window.PointerEvent("pointerleave", { pointerType }));
  leave("touch");
  assert.equal(figure.at, 1);
  leave("mouse");
  assert.equal(figure.at, null);
});

test("beside all columns, and above the net, nothing is pointed at", () => {
  const { page, figure } = shown();
  for (const where of [over(-1), over(1001), over(300, 24)]) {
    page.point("svg", "pointermove", where);
    assert.equal(figure.at, null);
  }
  page.point("svg", "pointermove", over(300, 25));
  assert.equal(figure.at, 1);
  page.point("svg", "pointermove", over(-1));
  assert.deepEqual([page.find(".band").getAttribute("visibility"), page.find(".rx-tip").hidden], ["hidden", true]);
  assert.equal(page.host.querySelectorAll(".on").length, 0);
});

test("a card says what a layer is, what it costs and what it adds to the receptive field", () => {
  const { page } = shown();
  assert.equal(page.find(".rx-tip").hidden, true);
  page.point("svg", "pointermove", over(300));
  assert.equal(page.find(".rx-tip").hidden, false);
  assert.deepEqual(page.texts(".rx-path"), ["layer1.0.conv1"]);
  assert.deepEqual(page.texts(".rx-what"), ["3×3 convolution, one of 3 equal ones"]);
  assert.deepEqual(page.texts("dt"), ["weights", "receptive field"]);
  assert.deepEqual(page.texts("dd"), ["36,864", "9 + 2 = 11 px"]);
  assert.deepEqual(page.texts(".rx-hint"), ["in block layer1.0: click to open it"]);
  const { left, top } = page.find(".rx-tip").style;
  assert.deepEqual([left, top], ["636px", "90px"]);
  page.point("svg", "pointermove", over(0));
  assert.deepEqual(page.texts("dd"), ["9,408", "1 + 6 = 7 px"]);
  assert.deepEqual(page.texts(".rx-hint"), []);
});

test("the keys go through the layers and no further, read them out, and put the card under the net", () => {
  const { page, figure } = shown();
  const seen = ["ArrowLeft", "ArrowRight", "End", "ArrowRight", "Home"].map((key) => {
    assert.equal(page.press(".rx-scroll", key), true);
    return figure.at;
  });
  assert.deepEqual(seen, [0, 1, 3, 3, 0]);
  assert.deepEqual(page.texts(".rx-said"), ["conv1: weights 9,408; receptive field 1 + 6 = 7 px"]);
  assert.equal(page.find(".rx-tip").style.top, "180px");
  assert.equal(page.press(".rx-scroll", "Escape"), true);
  assert.equal(figure.at, null);
  assert.equal(page.press(".rx-scroll", "a"), false);
});

test("a click or Enter on a layer of a block opens the block, elsewhere nothing", () => {
  const { page, opened } = shown();
  page.point("svg", "click", over(300));
  page.point("svg", "click", over(10));
  assert.deepEqual(opened, ["layer1.0"]);
  page.press(".rx-scroll", "ArrowRight");
  page.press(".rx-scroll", "Enter");
  page.press(".rx-scroll", "End");
  page.press(".rx-scroll", "ArrowLeft");
  page.press(".rx-scroll", "Enter");
  assert.deepEqual(opened, ["layer1.0", "layer1.0"]);
  assert.equal(page.find("svg").style.cursor, "pointer");
});

test("where blocks do not open, no hand and no key promises it", () => {
  const page = new Page();
  const figure = new Axis(page.host, axis(), true, null);
  figure.show(1);
  assert.equal(page.find("svg").style.cursor, "default");
  assert.deepEqual(page.texts(".rx-hint"), ["in block layer1.0"]);
  assert.deepEqual(page.texts(".rx-title"), ["A net"]);
  const keys = "Left and right go through the layers, up and down through the tracks";
  assert.equal(page.find(".rx-scroll").getAttribute("aria-label"), `A net. ${keys}.`);
});

test("the block that is open is framed, one at a time", () => {
  const { page, figure } = shown();
  figure.enclose("layer1.0");
  const frame = page.find(".opened");
  assert.deepEqual(
    ["x", "y", "width", "height"].map((name) => frame.getAttribute(name)),
    ["250", "22", "500", "162"],
  );
  figure.enclose("layer9");
  assert.equal(page.host.querySelector(".opened"), null);
  figure.enclose("");
  assert.equal(page.host.querySelector(".opened"), null);
});

test("a figure that scrolls keeps its labels in sight and follows the keys", () => {
  const { page, figure } = shown(390, { slots: 160 });
  assert.ok(page.find(".rx-figure").classList.contains("rx-scrolls"));
  assert.equal(figure.fitted?.plotWidth, 800);
  assert.ok(page.find(".rx-figure").classList.contains("rx-at-start"));
  page.press(".rx-scroll", "End");
  assert.equal(figure.scroll.scrollLeft, 1 + 700 - 195);
  page.point(".rx-scroll", "scroll");
  assert.equal(page.find(".over").getAttribute("transform"), "translate(506.0 0)");
  page.window.document.documentElement.style.fontSize = "32px";
  figure.fit();
  assert.equal(page.find(".over").getAttribute("transform"), "translate(253.0 0)");
  page.window.document.documentElement.style.fontSize = "";
  figure.fit();
  const ends = () => ["rx-at-start", "rx-at-end"].map((css) => page.find(".rx-figure").classList.contains(css));
  assert.deepEqual(ends(), [false, true]);
  figure.scroll.scrollLeft = 408;
  page.point(".rx-scroll", "scroll");
  assert.deepEqual(ends(), [false, false]);
  figure.scroll.scrollLeft = 3;
  page.point(".rx-scroll", "scroll");
  assert.deepEqual(ends(), [true, false]);
});

test("a figure that scrolls follows the keys only to what is out of sight, and its card goes along", () => {
  const { page, figure } = shown(322, { slots: 160 });
  page.press(".rx-scroll", "Home");
  page.press(".rx-scroll", "ArrowRight");
  assert.equal(figure.scroll.tabIndex, 0);
  assert.equal(figure.scroll.scrollLeft, 0); // 301 of 322 - 20
  page.width = 320;
  figure.show(null);
  page.press(".rx-scroll", "ArrowRight");
  page.press(".rx-scroll", "ArrowRight");
  assert.equal(figure.scroll.scrollLeft, 301 - 160);
  figure.scroll.scrollLeft = 190;
  figure.show(0);
  assert.equal(page.find(".rx-tip").style.left, "23px"); // the column ends at 201 - 190
});

test("a block is fitted to its room, and its operations are framed", () => {
  const page = new Page(200);
  const figure = new Block(page.host, block(), true);
  const svg = page.find("svg");
  assert.deepEqual(
    ["viewBox", "width"].map((name) => svg.getAttribute(name)),
    ["0 0 400 300", "200"],
  );
  page.point("svg", "pointermove", { clientX: 100, clientY: 25 });
  assert.equal(figure.at, 0);
  const frame = page.find(".frame");
  assert.deepEqual(
    ["x", "y", "width", "height"].map((name) => frame.getAttribute(name)),
    ["97.5", "37.5", "205", "35"],
  );
  assert.deepEqual(page.texts(".rx-tip > *:not(dl), dt, dd"), ["conv1", "3×3 convolution", "output", "64 × 56 × 56"]);
  assert.deepEqual([page.find(".rx-tip").style.left, page.find(".rx-tip").style.top], ["0px", "38px"]);
});

test("a block with little room is made smaller, its type is not, and nothing is cut off", () => {
  const page = new Page(310);
  const figure = new Block(page.host, block({ narrow: [50, 300, 380] }), false, 410);
  const svg = page.find("svg");
  assert.deepEqual(
    ["viewBox", "width"].map((name) => svg.getAttribute(name)),
    ["50 0 387.5 300", "310"],
  );
  assert.equal(Number(svg.style.getPropertyValue("--rx-type")) * 0.8, 1);
  page.point("svg", "pointermove", { clientX: 0.8 * (100 - 50), clientY: 0.8 * 45 });
  assert.equal(figure.at, 0);
  assert.equal(page.find(".rx-tip").style.left, "40px");
});

test("blocks at one scale are as small as the longest words of all make them", () => {
  const page = new Page(310);
  const view = new View(page.host, () => undefined);
  const figures = [block({ narrow: [50, 300, 380] }), block({ narrow: [50, 300, 410] })];
  view.update(sent({ figures }), () => undefined);
  assert.deepEqual(
    view.figures.map(({ k }) => k),
    [0.8, 0.8],
  );
});

test("the card of an operation stands under it, however much the block is enlarged", () => {
  const page = new Page(450);
  new Block(page.host, block({ items: block().items.slice(0, 1) }), false);
  page.press(".rx-scroll", "ArrowRight");
  assert.deepEqual([page.find(".rx-tip").style.left, page.find(".rx-tip").style.top], ["112.5px", "85.5px"]);
});

test("all four arrow keys go through the operations of a block", () => {
  const page = new Page();
  const figure = new Block(page.host, block(), false);
  const frame = page.find(".frame");
  assert.equal(frame.getAttribute("visibility"), "hidden");
  const seen = ["ArrowDown", "ArrowDown", "ArrowUp", "ArrowRight", "ArrowUp", "ArrowUp"].map(
    (key) => page.press(".rx-scroll", key) && figure.at,
  );
  assert.deepEqual(seen, [0, 1, 0, 1, 0, 0]);
  assert.equal(frame.getAttribute("visibility"), "visible");
  figure.show(null);
  assert.equal(frame.getAttribute("visibility"), "hidden");
});

test("a drawing without operations promises no keys, and takes none", () => {
  const page = new Page();
  const figure = new Block(page.host, block({ kind: "field", items: [], facts: [] }), false);
  assert.equal(page.press(".rx-scroll", "ArrowRight"), false);
  assert.equal(figure.at, null);
  assert.deepEqual(
    [figure.scroll.getAttribute("tabindex"), figure.scroll.getAttribute("aria-label")],
    [null, "A block"],
  );
});

test("a drawing that nothing is pointed at in is a stop of the keyboard where it scrolls", () => {
  const page = new Page(300);
  const wide = block({ kind: "field", items: [], facts: [], width: 600, narrow: [0, 500, 560] });
  const figure = new Block(page.host, wide, false);
  assert.equal(figure.scroll.getAttribute("tabindex"), "0");
  page.width = 700;
  figure.fit();
  assert.equal(figure.scroll.getAttribute("tabindex"), null);
});
