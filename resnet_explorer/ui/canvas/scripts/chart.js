// @ts-check
import { element, make, set } from "./dom.js";
import { Figure } from "./figure.js";
import { fitted } from "./paper.js";
import { above, beside } from "./pure/card.js";
import { Described, KINDS, WORDS } from "./pure/described.js";
import { line, marks, steps } from "./pure/line.js";

/** @import { Drawn } from "./figure.js" */
/** @import { DescribedPoints } from "./described.js" */
/** @import { ChartData } from "./kinds.js" */
/** @import { Size } from "./pure/card.js" */
/** @import { Point } from "./pure/line.js" */

const KEYS = "Arrow keys go through what is drawn, and say how it comes about";
/** How far the baseline of a text is below its middle. */
const MIDDLE = "0.35em";
/** Under the plot its ticks and the title of its axis, at its left the names; a title there, from the left. */
const [TICKS, TITLE, NAMES, SIDE] = [19, 42, 7, 14];
/** Between what is pointed at and the frame around it, and the card; around a place of x it is one line. */
const [AROUND, AWAY, ALONG] = [4, 8, 0.25];
/** How wide a rule is, and a cross, unless it is said. */
const RULE = 2;
/** Strokes and gaps, as shares of a line's width; a thin one has those of this width. */
const DASHES = { solid: [], dash: [3, 1.5], dot: [1, 1.5] };
const THIN = 2;

/**
 * A figure that is described as plotly takes it, drawn here: plotly itself takes a browser a second to begin with.
 *
 * @extends {Figure<Drawn>}
 */
export class Chart extends Figure {
  /** @param {HTMLElement} host */
  constructor(host) {
    const svg = '<svg class="rx" role="img"></svg>';
    super(host, { kind: "chart", title: "", svg, items: [], facts: [] }, false, KEYS);
    this.legend = element("div", "rx-legend", this.box);
    this.scroll.before(this.legend);
    this.scroll.tabIndex = 0;
    this.drawn = make("g", {}, this.svg);
    this.frame = make("rect", { class: "frame", rx: 6, visibility: "hidden" }, this.svg);
    /** @type {Described | null} */
    this.described = null;
    this.sent = "";
    this.leave = fitted(this.scroll, () => this.fit());
  }

  /** @param {ChartData} data */
  update({ title, words, figure }) {
    const { layout } = figure;
    const sent = JSON.stringify(figure);
    if (sent !== this.sent) this.show(null); // a page sends the same once more, as when the light turns
    this.sent = sent;
    this.described = new Described(figure);
    this.box.style.setProperty("--height", `${layout.height}px`);
    this.svg.style.fontSize = `${layout.font.size}px`;
    set(this.scroll, { "aria-label": `${title}. ${KEYS}.` });
    set(this.svg, { "aria-label": words });
    this.legend.replaceChildren();
    for (const { name, fill } of this.described.legend)
      element("i", "", element("span", "", this.legend, name)).style.background = fill;
    this.fit();
  }

  /** @param {number} width */
  fitTo(width) {
    const { described, drawn } = this;
    if (!described) return;
    const height = this.scroll.clientHeight / this.k;
    this.size(width, height);
    drawn.replaceChildren();
    described.fit({ width, height }, (names) => this.widest(names));
    this.axes(described);
    for (const { left, right, top, foot, fill, outline } of described.bars) {
      const place = { x: left, y: top, width: right - left, height: foot - top };
      make("rect", { ...place, fill, stroke: outline.color, "stroke-width": outline.width }, drawn);
    }
    for (const { ends, ...stroke } of described.rules) this.stroke(line(ends), stroke);
    for (const points of described.points) this.way(points.trace, described.places(points));
    this.words(described);
    this.data.items = described.items.map((_, i) => ["", i]);
  }

  /** @param {Described} described */
  words({ notes }) {
    for (const { runs, fill = "", size, ...place } of notes) {
      const own = fill && !WORDS[fill];
      const css = own ? "" : `halo ${WORDS[fill] ?? ""}`.trim();
      const note = make("text", { ...place, dy: MIDDLE, "font-size": size, class: css }, this.drawn);
      if (own) set(note, { fill });
      for (const [words, bold] of runs) make("tspan", bold ? { class: "b" } : {}, note).textContent = words;
    }
  }

  /** @param {string[]} names */
  widest(names) {
    const tried = make("g", {}, this.drawn);
    for (const name of names) make("text", {}, tried).textContent = name;
    const { width } = tried.getBBox();
    tried.remove();
    return width;
  }

  /** @param {Described} described */
  axes({ layout: { xaxis, yaxis }, ticks, room: { left, right, top, foot } }) {
    const rule = (/** @type {string} */ d) => make("path", { class: "rule", d }, this.drawn);
    const text = (/** @type {string} */ words, /** @type {Record<string, string | number>} */ how) => {
      make("text", how, this.drawn).textContent = words;
    };
    for (const { at, label } of ticks.x) {
      if (xaxis.showgrid !== false) rule(`M${at} ${top}V${foot}`);
      text(label, { x: at, y: foot + TICKS, class: "mid m" });
    }
    for (const { at, label } of ticks.y) {
      if (yaxis.showgrid !== false) rule(`M${left} ${at}H${right}`);
      text(label, { x: left - NAMES, y: at, dy: MIDDLE, class: "end" });
    }
    rule(`M${left} ${top}V${foot}H${right}`);
    text(xaxis.title.text, {
      x: (left + right) / 2,
      y: foot + TITLE,
      class: "mid",
      "font-size": xaxis.title.font.size,
    });
    const turned = `translate(${SIDE} ${(top + foot) / 2}) rotate(-90)`;
    text(yaxis.title.text, { transform: turned, class: "mid", "font-size": yaxis.title.font.size });
  }

  /**
   * The line and the marks of a trace.
   * @param {DescribedPoints} trace
   * @param {(Point | null)[]} places
   */
  way({ line: stroke, marker, opacity = 1 }, places) {
    if (stroke) {
      const d = stroke.shape ? steps(places.filter((each) => each !== null)) : line(places);
      set(this.stroke(d, stroke), { opacity });
    }
    if (!marker) return;
    const { symbol, color, line: outline } = marker;
    const open = symbol === "circle-open" || symbol === "x";
    const css = `rx-mark ${open ? "open" : ""} ${KINDS[color] ?? ""}`;
    const width = outline?.width ?? (symbol === "x" ? RULE : 0);
    const look = { fill: open ? "none" : color, stroke: outline?.color ?? color, "stroke-width": width };
    make("path", { class: css, ...look, d: marks(places, marker) }, this.drawn);
  }

  /**
   * A line. A colour that means something is another one at night.
   * @param {string} d
   * @param {{ color: string, width?: number, dash?: keyof typeof DASHES }} look
   */
  stroke(d, { color, width = RULE, dash = "solid" }) {
    const dashes = DASHES[dash].map((each) => each * Math.max(width, THIN)).join(" ") || "none";
    const stroke = { stroke: color, "stroke-width": width, "stroke-dasharray": dashes };
    return make("path", { class: `rx-way ${KINDS[color] ?? ""}`, ...stroke, d }, this.drawn);
  }

  /**
   * @param {number} now
   * @param {number} last
   * @returns {Record<string, number>}
   */
  ways(now, last) {
    return { ...super.ways(now, last), ArrowDown: now + 1, ArrowUp: now - 1 };
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  item(x, y) {
    return this.described?.at(x, y) ?? null;
  }

  /** @param {number | null} i */
  mark(i) {
    const item = i === null ? null : this.described?.items[i];
    set(this.frame, { visibility: item ? "visible" : "hidden" });
    if (!item) return;
    const { left, right, top, foot } = item;
    const [aside, css] = this.described?.columns ? [ALONG, "cursor"] : [AROUND, "frame"];
    const size = { width: right - left + 2 * aside, height: foot - top + 2 * AROUND };
    set(this.frame, { class: css, x: left - aside, y: top - AROUND, ...size });
  }

  /**
   * @param {number} i
   * @param {(card: Size) => { left: number, top: number }} place
   * @param {boolean} aloud
   */
  tell(i, place, aloud) {
    if (!this.described) return;
    const { name, words } = this.described.said(i);
    this.tip.tell(name, words, place, aloud);
  }

  /**
   * @param {number} i
   * @param {number | null} y
   * @param {Size} card
   */
  beside(i, y, card) {
    const { columns, items } = /** @type {Described} */ (this.described);
    const { from, top, foot } = items[i];
    const begin = this.scroll.offsetTop;
    const [left, over, under, at] = [from, top - AWAY, foot + AWAY, y ?? top].map((each) => each * this.k);
    if (columns) return beside({ left, right: left }, { y: begin + at, under: begin + under }, card, this.room);
    return above({ left, top: begin + over, foot: begin + under }, card, this.room);
  }

  /** Where a chart is higher than the window, keys lead to what is out of sight. */
  reveal() {
    for (const part of [this.tip.card, this.frame]) part.scrollIntoView({ block: "nearest" });
  }

  close() {
    this.leave();
    super.close();
  }
}
