// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { show } from "../../resnet_explorer/ui/canvas/scripts/main.js";
import { Page } from "./page.js";

/** @import { DescribedAxis, DescribedBars, DescribedFigure, DescribedPoints } from "../../resnet_explorer/ui/canvas/scripts/described.js" */
/** @import { ChartData } from "../../resnet_explorer/ui/canvas/scripts/kinds.js" */

const TOLD = "%{customdata}<extra></extra>";
const OUTLINE = { color: "#808080", width: 1 };

/**
 * @param {string} text
 * @param {Partial<DescribedAxis>} more
 * @returns {DescribedAxis}
 */
function axis(text, more) {
  const title = /** @type {const} */ ({ text, font: { size: 14 }, standoff: 8 });
  const look = { title, gridcolor: "", linecolor: "", showline: true, zeroline: false, automargin: true };
  return /** @type {DescribedAxis} */ ({ ...look, ...more });
}

/**
 * @param {DescribedAxis} xaxis
 * @param {DescribedAxis} yaxis
 * @param {Partial<DescribedFigure["layout"]>} more
 * @returns {DescribedFigure["layout"]}
 */
function layout(xaxis, yaxis, more) {
  const colours = { paper_bgcolor: "", plot_bgcolor: "", hoverlabel: {}, modebar: {}, template: {}, uirevision: "" };
  const font = { size: 14, family: "", color: "" };
  const margin = { l: 10, r: 0, t: 0, b: 100 };
  return { xaxis, yaxis, margin, height: 400, font, hovermode: "closest", showlegend: false, ...colours, ...more };
}

/**
 * @param {Partial<DescribedBars>} more
 * @returns {DescribedBars}
 */
function bar(more) {
  const marker = { color: "#0072B2", line: OUTLINE };
  return { type: "bar", orientation: "h", x: [], y: [], marker, customdata: [], hovertemplate: TOLD, ...more };
}

/** Two rows, of which the second is cut in two; the plot is 1000 wide, from 107 on, and 300 high. */
function stacked() {
  const part = (/** @type {string} */ name, /** @type {string} */ row, /** @type {number} */ size, showlegend = true) =>
    bar({
      name,
      x: [size],
      y: [row],
      customdata: [`<b>${name} &lt; ${row}</b><br>${size} · 1<br>= ${size}`],
      showlegend,
    });
  const y = axis("", { autorange: "reversed", showgrid: false });
  const data = [part("all", "first", 10, false), part("weights", "second", 2), part("maps", "second", 3)];
  return {
    data,
    layout: layout(axis("GB", { range: [0, 10] }), y, { barmode: "stack", bargap: 0.5, showlegend: true }),
  };
}

/** Differences from the first of two rows, with words beside them and an upright line. */
function differences() {
  const words = ["<b>3 G</b> ", "<b>4 G</b> (+1 G)"];
  const note = (/** @type {string} */ text, /** @type {number} */ row) =>
    /** @type {const} */ ({
      x: 0,
      y: row,
      text,
      showarrow: false,
      xanchor: "left",
      xshift: 4,
      font: row ? { color: "#1b1d21" } : {},
    });
  const upright = /** @type {const} */ ({
    type: "line",
    x0: 0,
    x1: 0,
    y0: 0,
    y1: 1,
    yref: "paper",
    line: { color: "#808080" },
  });
  const x = axis("difference", { range: [-50e6, 50e6], tickformat: "~s", nticks: 2 });
  const y = axis("", { autorange: "reversed", tickvals: [0, 1], ticktext: ["MACs", "thop"], showgrid: false });
  const marker = { color: ["#009E73", "#E69F00"], line: OUTLINE };
  const data = [bar({ x: [0, -25e6], y: [0, 1], marker, customdata: ["<b>MACs</b><br>3", "<b>thop</b><br>4"] })];
  return { data, layout: layout(x, y, { hovermode: "y", annotations: words.map(note), shapes: [upright] }) };
}

/** A line with its marks and a stepped one with rings, over a logarithmic axis. */
function scattered() {
  /** @type {DescribedPoints} */
  const line = {
    type: "scatter",
    mode: "lines+markers",
    x: [1e8, 1e9],
    y: [70, 75],
    line: { color: "#D55E00", width: 1.5, dash: "dash" },
    marker: { size: 10, symbol: "square", color: "#D55E00" },
    customdata: ["<b>VGG-11</b><br>70 %", "<b>VGG-19</b><br>75 %"],
    hovertemplate: TOLD,
  };
  /** @type {DescribedPoints} */
  const steps = {
    type: "scatter",
    mode: "lines+markers",
    x: [1e8, 1e9],
    y: [70, 75],
    line: { color: "#808080", width: 1.2, dash: "dot", shape: "hv" },
    marker: { size: 20, symbol: "circle-open", color: "#808080", line: { width: 1.4 } },
    hoverinfo: "skip",
  };
  const x = axis("MACs (log)", { type: "log", range: [8, 10], tickvals: [1e9], ticktext: ["1 G"] });
  const note = /** @type {const} */ ({
    x: 9,
    y: 75,
    text: "19",
    showarrow: false,
    xanchor: "center",
    yshift: 17,
    font: { size: 13 },
  });
  return { data: [steps, line], layout: layout(x, axis("accuracy, %", { range: [60, 80] }), { annotations: [note] }) };
}

/** @param {DescribedFigure} figure */
function drawn(figure) {
  const page = new Page(1107 + (figure.layout.yaxis.title.text ? 26 : 0));
  /** @type {ChartData} */
  const data = { kind: "chart", title: "Memory", words: "first 10; second 5", figure };
  const send = () => show({ data, parentElement: page.parent, setTriggerValue: () => {} });
  const rects = () =>
    [...page.host.querySelectorAll("rect:not(.frame)")].map((rect) =>
      ["x", "y", "width", "height"].map((name) => Number(rect.getAttribute(name))),
    );
  const card = () => (page.find(".rx-tip").hidden ? null : page.texts(".rx-tip div"));
  return { page, send, close: page.leaving(send()), rects, card };
}

test("bars end where their numbers say, one after the other where they are stacked", () => {
  const { page, rects, close } = drawn(stacked());
  assert.deepEqual(rects(), [
    [107, 37.5, 1000, 75],
    [107, 187.5, 200, 75],
    [307, 187.5, 300, 75],
  ]);
  assert.deepEqual(page.attributes("rect:not(.frame)", "stroke"), ["#808080", "#808080", "#808080"]);
  assert.deepEqual(page.texts(".rx-legend span"), ["weights", "maps"]);
  close();
  assert.equal(page.host.children.length, 0);
});

test("bars go to the left too, each in its colour, with its words beside it and the line that all begin at", () => {
  const { page, rects, close } = drawn(differences());
  assert.deepEqual(
    rects().map(([x, , width]) => [x, width]),
    [
      [607, 0],
      [357, 250],
    ],
  );
  assert.deepEqual(page.attributes("rect:not(.frame)", "fill"), ["#009E73", "#E69F00"]);
  assert.deepEqual(page.texts("tspan"), ["3 G", "4 G", " (+1 G)"]);
  assert.deepEqual(page.texts("tspan.b"), ["3 G", "4 G"]);
  const notes = [...page.host.querySelectorAll("text:has(tspan)")];
  assert.deepEqual(
    notes.map((note) => ["x", "y", "text-anchor", "fill", "class"].map((name) => note.getAttribute(name))),
    [
      ["611", "75", "start", null, "halo"],
      ["611", "225", "start", "#1b1d21", ""],
    ],
  );
  assert.deepEqual(page.attributes('path[stroke="#808080"]', "d"), ["M607.0 300.0L607.0 0.0"]);
  assert.deepEqual(page.texts("text.m"), ["−50 M", "0", "50 M"]);
  assert.deepEqual(page.texts("text.end"), ["MACs", "thop"]);
  close();
});

test("points stand at the logarithm of their cost, lines go through them, straight or in steps", () => {
  const { page, close } = drawn(scattered());
  const [steps, line] = page.attributes(".rx-way", "d");
  assert.equal(steps, "M133.0 150.0H633.0V75.0");
  assert.equal(line, "M133.0 150.0L633.0 75.0");
  assert.deepEqual(page.attributes(".rx-way", "class"), ["rx-way ", "rx-way plain"]);
  assert.deepEqual(page.attributes(".rx-way", "stroke-dasharray"), ["2 3", "6 3"]);
  assert.deepEqual(page.attributes(".rx-mark", "fill"), ["none", "#D55E00"]);
  assert.deepEqual(page.texts("text.mid.m"), ["1 G"]);
  const note = page.find("text:has(tspan)");
  const said = ["x", "y", "text-anchor", "font-size"].map((name) => note.getAttribute(name));
  assert.deepEqual(said, ["633", "58", "middle", "13"]);
  assert.ok(page.texts("text").includes("accuracy, %"));
  close();
});

test("what is pointed at says what it is, and its row as a whole where bars are compared", () => {
  const bars = drawn(differences());
  const at = (/** @type {number} */ clientX, /** @type {number} */ clientY) => ({ clientX, clientY });
  bars.page.point("svg", "pointermove", at(20, 240)); // at its name
  assert.deepEqual(bars.card(), ["thop", "4"]);
  assert.deepEqual(bars.page.attributes(".frame", "width"), ["1008"]);
  bars.close();
  const { page, card, close } = drawn(stacked());
  page.point("svg", "pointerdown", at(350, 200));
  assert.deepEqual(card(), ["maps < second", "3 · 1\n= 3"]);
  page.point("svg", "pointermove", at(1000, 240));
  assert.equal(card(), null);
  close();
});

test("keys go through bars and points, which are read out, and not through what says nothing", () => {
  const figure = scattered();
  const { page, card, send, close } = drawn(figure);
  assert.ok(page.press(".rx-scroll", "ArrowDown"));
  assert.deepEqual(card(), ["VGG-11", "70 %"]);
  page.press(".rx-scroll", "ArrowRight");
  page.press(".rx-scroll", "ArrowRight");
  assert.deepEqual(page.texts(".rx-said"), ["VGG-19: 75 %"]);
  page.press(".rx-scroll", "Escape");
  assert.equal(card(), null);
  page.press(".rx-scroll", "Home");
  send(); // once more, as when the light turns
  assert.deepEqual(card(), ["VGG-11", "70 %"]);
  figure.layout.height += 1;
  send();
  assert.equal(card(), null); // it may be another one
  close();
});

test("those who do not see it are told what it shows, and how it is gone through", () => {
  const { page, close } = drawn(stacked());
  assert.deepEqual(
    [page.find("svg").getAttribute("role"), page.find("svg").getAttribute("aria-label")],
    ["img", "first 10; second 5"],
  );
  const group = page.find(".rx-scroll");
  assert.equal(group.tabIndex, 0);
  assert.match(group.getAttribute("aria-label") ?? "", /^Memory\. Arrow keys /);
  close();
});

test("it is drawn anew in another room, also on paper", () => {
  const { page, rects, close } = drawn(stacked());
  page.width = 607;
  for (const resized of page.resized) resized();
  assert.equal(rects()[0][2], 500);
  page.width = 1107;
  page.print(true);
  assert.equal(rects()[0][2], 1000);
  page.print(false);
  close();
});

test("in a room too low and too narrow for its margins all parts still have a size", () => {
  const figure = stacked();
  figure.layout.margin = { l: 10, r: 2000, t: 150, b: 300 };
  const { rects, close } = drawn(figure);
  const sizes = rects().flatMap(([x, , width, height]) => [x - 106, width, height]); // right of the names
  assert.ok(sizes.length && sizes.every((size) => size > 0), String(sizes));
  close();
});

test("where the page sets larger type all of it is larger, in the same room", () => {
  const { page, rects, close } = drawn(stacked());
  page.window.document.documentElement.style.fontSize = "32px";
  for (const resized of page.resized) resized();
  assert.equal(page.find("svg").getAttribute("viewBox"), "0 0 553.5 200");
  assert.equal(rects()[0][2], 446.5);
  close();
});

/** A line with a gap and its course, a cross at what is zero and a line that is led to its name; 1000 wide from 10 on, 300 high. */
function courses() {
  const stroke = /** @type {const} */ ({ color: "#0072B2", width: 3, dash: "solid" });
  const hovertemplate = "%{customdata[0]:.3g} ÷ %{customdata[1]:.3g} = %{y:.3g}";
  /** @type {DescribedPoints[]} */
  const data = [
    {
      type: "scatter",
      mode: "lines",
      name: "net",
      opacity: 0.3,
      x: [1, 10, 100],
      y: [1, null, 4],
      line: stroke,
      hovertemplate,
      customdata: [
        [2, 2],
        [null, null],
        [8, 2],
      ],
    },
    {
      type: "scatter",
      mode: "markers",
      name: "other",
      x: [10],
      y: [2],
      marker: { color: "#D55E00", symbol: "x", size: 8 },
      hovertemplate: "exactly 0",
    },
  ];
  const paper = /** @type {const} */ ({ type: "line", xref: "paper", yref: "paper", xanchor: 1 });
  const lead = { ...paper, line: { color: "#D55E00", width: 1 } };
  const said = /** @type {const} */ ({ x: 1, y: 0.5, xref: "paper", yref: "paper", showarrow: false, xanchor: "left" });
  const font = (/** @type {string} */ color) => ({ color, size: 8 });
  const annotations = [
    { ...said, text: "a name<br>in two lines", xshift: 20, font: font("#0072B2") },
    { ...said, text: "even", yanchor: /** @type {const} */ ("bottom"), font: font("#808080") },
    { ...said, text: "over it", yanchor: /** @type {const} */ ("top"), yshift: -2, font: font("#1b1d21") },
  ];
  const shapes = /** @type {DescribedFigure["layout"]["shapes"]} */ ([
    { type: "line", x0: 0, x1: 0.5, xref: "paper", y0: 2, y1: 2, line: { color: "#808080", width: 1, dash: "dot" } },
    { ...lead, xsizemode: "pixel", x0: 2, x1: 17, y0: 0.5, y1: 0.6 },
    { ...lead, ysizemode: "pixel", yanchor: 0.5, x0: 1, x1: 1, y0: 3, y1: 19 },
  ]);
  const unifiedhovertitle = { text: "step: %{x:.6~r}<br>ratio: measured" };
  const x = axis("step (log)", { type: "log", range: [0, 2], tickvals: [1, 10, 100, 1000], unifiedhovertitle });
  const more = /** @type {const} */ ({ hovermode: "x unified", hoverdistance: 40 });
  return { data, layout: layout(x, axis("", { range: [0, 4] }), { ...more, annotations, shapes }) };
}

test("lines break where there is no number, and what is zero is a cross", () => {
  const { page, close } = drawn(courses());
  const [rule, lead, up, line] = page.attributes(".rx-way", "d");
  assert.equal(line, "M107.0 225.0M1107.0 0.0");
  assert.deepEqual(page.attributes(".rx-way", "opacity"), [null, null, null, "0.3"]);
  assert.deepEqual(
    [rule, lead, up],
    ["M107.0 150.0L607.0 150.0", "M1109.0 150.0L1124.0 120.0", "M1107.0 147.0L1107.0 131.0"],
  );
  assert.deepEqual(page.attributes(".rx-way", "class"), ["rx-way ", "rx-way plain", "rx-way plain", "rx-way residual"]);
  assert.deepEqual(page.attributes(".rx-way", "stroke-dasharray"), ["2 3", "none", "none", "none"]);
  assert.deepEqual(page.attributes(".rx-mark", "class"), ["rx-mark open plain"]);
  assert.match(page.attributes(".rx-mark", "d")[0] ?? "", /^M607\.0 150\.0m-4 -4l8 8/);
  assert.deepEqual(page.attributes(".rx-mark", "stroke-width"), ["2"]);
  close();
});

test("an axis has no tick beyond its ends", () => {
  const { page, close } = drawn(courses());
  assert.deepEqual(page.texts("text.m:not(.halo)"), ["1", "10", "100"]);
  close();
});

test("names stand at shares of the plot, in lines, over their place or under it, in colours for day and night", () => {
  const { page, close } = drawn(courses());
  const notes = [...page.host.querySelectorAll("text:has(tspan)")];
  assert.deepEqual(
    notes.map((note) => [note.textContent, ...["x", "y", "class", "fill"].map((name) => note.getAttribute(name))]),
    [
      ["a name", "1127", "145", "halo residual", null],
      ["in two lines", "1127", "155", "halo residual", null],
      ["even", "1107", "145", "halo m", null],
      ["over it", "1107", "157", "", "#1b1d21"],
    ],
  );
  close();
});

test("of lines that are told together each place of x says its numbers, to the pointer and to keys", () => {
  const { page, card, close } = drawn(courses());
  const at = (/** @type {number} */ clientX, clientY = 90) => page.point("svg", "pointermove", { clientX, clientY });
  at(120);
  assert.deepEqual(card(), ["step: 1", "ratio: measured\nnet: 2.00 ÷ 2.00 = 1.00"]);
  assert.deepEqual(
    ["x", "y", "width", "height"].map((name) => page.find(".cursor").getAttribute(name)),
    ["106.75", "-4", "0.5", "308"],
  );
  assert.equal(page.find(".rx-tip").style.left, "119px"); // right of its place
  at(150);
  assert.equal(card(), null);
  page.press(".rx-scroll", "Home");
  page.press(".rx-scroll", "ArrowRight");
  assert.deepEqual(page.texts(".rx-said"), ["step: 10: ratio: measured\nother: exactly 0"]);
  page.press(".rx-scroll", "End");
  assert.deepEqual(card(), ["step: 100", "ratio: measured\nnet: 8.00 ÷ 2.00 = 4.00"]);
  page.press(".rx-scroll", "ArrowUp");
  assert.equal(card()?.[0], "step: 10");
  page.press(".rx-scroll", "ArrowDown");
  assert.equal(card()?.[0], "step: 100");
  at(120, 390); // at the tick of its place, far under the lines
  assert.equal(card()?.[0], "step: 1");
  close();
});

test("keys bring what they lead to into sight, and the pointer scrolls nothing", () => {
  const { page, close } = drawn(courses());
  page.point("svg", "pointermove", { clientX: 120, clientY: 90 });
  assert.deepEqual(page.scrolled, []);
  page.press(".rx-scroll", "End");
  assert.deepEqual(page.scrolled, [{ block: "nearest" }, { block: "nearest" }]); // its card, and then itself
  close();
});

test("where there is no room beside a place of x the card stands under the plot, and the page does not cut it off", () => {
  const { page, close, send } = drawn(courses());
  const room = document.createElement("div");
  room.dataset.testid = "stElementContainer";
  page.parent.before(room);
  room.append(page.parent);
  room.style.height = "400px";
  send();
  assert.deepEqual([room.style.height, room.style.overflow], ["400px", "visible"]);
  page.width = 300;
  for (const resized of page.resized) resized();
  page.press(".rx-scroll", "Home");
  page.press(".rx-scroll", "ArrowRight"); // in the middle
  assert.equal(page.find(".rx-tip").style.top, "308px");
  close();
});

/** Rows of a waterfall: the second one begins at its base, and a thin line joins both. */
function falling() {
  const joint = /** @type {const} */ ({
    type: "line",
    x0: 8,
    x1: 8,
    y0: 0.25,
    y1: 0.75,
    line: { color: "#808080", width: 1 },
  });
  const data = [bar({ x: [8, 3], base: [0, 5], y: [0, 1], customdata: ["<b>A</b><br>8", "<b>less</b><br>−3"] })];
  const y = axis("", { autorange: "reversed", tickvals: [0, 1], ticktext: ["A", "less"] });
  /** @type {Partial<DescribedFigure["layout"]>} */
  const more = { hovermode: "y", shapes: [joint], margin: { l: 10, r: 100, t: 0, b: 100 } };
  return { data, layout: layout(axis("", { range: [0, 10] }), y, more) };
}

test("a bar begins at its base, lines join rows, and a row that answers goes on beside the plot", () => {
  const { page, rects, close } = drawn(falling());
  assert.deepEqual(
    rects().map(([x, , width]) => [x, width]),
    [
      [107, 720],
      [557, 270],
    ],
  );
  assert.deepEqual(page.attributes(".rx-way", "d"), ["M827.0 112.5L827.0 187.5"]);
  page.point("svg", "pointermove", { clientX: 300, clientY: 200 });
  const frame = page.find(".frame");
  assert.equal(Number(frame.getAttribute("x")) + Number(frame.getAttribute("width")), 1103);
  close();
});
