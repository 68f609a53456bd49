// @ts-check
/** A figure as `figures` describes it for plotly: where in a room each of its parts stands. */

import { columns, Points } from "./points.js";
import { clear, Rows, Ruler } from "./ruler.js";
import { boxed, filled, runs } from "./told.js";

/** @import { DescribedFigure, DescribedRule } from "../described.js" */
/** @import { Point } from "./line.js" */
/** @import { Columns } from "./points.js" */
/** @import { Value } from "./ruler.js" */

/** @typedef {{ left: number, right: number, top: number, foot: number }} Box */
/** A part that says what it is; its card begins there. @typedef {Box & { from: number, told: () => string }} Item */
/** A label at a place of an axis. @typedef {{ at: number, label: string }} Mark */

/** Between two ticks of an axis, at least. */
const APART = { x: 50, y: 32 };
/** How wide a letter of a tick is. */
const LETTER = 7;
/** Between the plot and the names at its left; for a title at the left of those. */
const GAP = 7;
const TITLE = 26;
/** Between a row that answers as a whole and the end of the drawing. */
const EDGE = 8;
/** How far from a part the pointer may be. */
const REACH = 24;
/** What of a row is left free between bars, unless it is said. */
const BARGAP = 0.2;
const ANCHORS = { left: "start", center: "middle", right: "end" };
/** From one of several lines of words to the next, as a share of their size, and how many of them are over their place. */
const LINE = 1.25;
const OVER = { top: 0, middle: 0.5, bottom: 1 };
/** The two colours that mean something, as they are by day. @type {Record<string, string>} */
export const KINDS = { "#0072B2": "residual", "#D55E00": "plain" };
/** How words in a colour look that is another one at night; ink is too pale for them. @type {Record<string, string>} */
export const WORDS = { ...KINDS, "#808080": "m" };

/** A figure in a room. Its parts are in pixels of designed size. */
export class Described {
  /** @param {DescribedFigure} figure */
  constructor({ data, layout }) {
    this.layout = layout;
    this.traces = data.filter((trace) => trace.type === "bar");
    this.points = data.filter((trace) => trace.type === "scatter").map((trace) => new Points(trace));
    /** Of points that answer together: where on x, and which they are. */
    this.columns = layout.hovermode === "x unified" ? columns(this.told) : null;
    const rows = [...new Set(this.traces.flatMap((trace) => trace.y))];
    this.spans = this.stacked();
    this.x = new Ruler(layout.xaxis, this.spans.flat(2));
    this.y = rows.length ? new Rows(layout.yaxis, rows) : new Ruler(layout.yaxis, []);
    /** The plot. @type {Box} */
    this.room = { left: 0, right: 0, top: 0, foot: 0 };
    /** Where rows end: words that begin in the plot may go on beside it. */
    this.edge = 0;
    /** What can be pointed at. @type {Item[]} */
    this.items = [];
  }

  /** Of each trace, where its bars begin and end. */
  stacked() {
    /** @type {Map<Value, number>} */
    const ends = new Map();
    return this.traces.map(({ x, y, base }) =>
      x.map((value, i) => {
        const begin = base?.[i] ?? ((this.layout.barmode === "stack" && ends.get(y[i])) || 0);
        ends.set(y[i], begin + value);
        return [begin, begin + value];
      }),
    );
  }

  /**
   * Takes its place in a room.
   * @param {{ width: number, height: number }} size
   * @param {(names: string[]) => number} widest how wide the widest of the names at the left is
   */
  fit({ width, height }, widest) {
    const { margin, yaxis } = this.layout;
    const foot = Math.max(margin.t + 1, height - margin.b);
    this.room = { left: margin.l, right: width - margin.r, top: margin.t, foot };
    const names = widest(this.ticks.y.map(({ label }) => label));
    this.room.left = Math.max(margin.l, names + GAP + (yaxis.title.text ? TITLE : 0));
    this.room.right = Math.max(this.room.left + 1, this.room.right);
    this.edge = Math.max(this.room.right, width - EDGE);
    this.items = this.columns ? this.upright(this.columns) : this.parts;
  }

  /** @param {number} share */
  across(share) {
    const { left, right } = this.room;
    return left + share * (right - left);
  }

  /** @param {number} share */
  up(share) {
    const { top, foot } = this.room;
    return foot - share * (foot - top);
  }

  /** Of labels at the foot that would meet one is left out. @returns {{ x: Mark[], y: Mark[] }} */
  get ticks() {
    const { left, right, top, foot } = this.room;
    const x = this.x
      .ticks((right - left) / APART.x)
      .map(([at, label]) => ({ at: this.across(this.x.share(at)), label }));
    const y = this.y.ticks((foot - top) / APART.y).map(([at, label]) => ({ at: this.up(this.y.share(at)), label }));
    return { x: clear(x, LETTER), y };
  }

  /** Bars, each with its colours. */
  get bars() {
    const { layout, room, y: rows } = this;
    if (!(rows instanceof Rows)) return [];
    const high = ((room.foot - room.top) / rows.names.length) * (1 - (layout.bargap ?? BARGAP));
    return this.traces.flatMap(({ y, marker: { color, line: outline }, customdata }, n) =>
      this.spans[n].map((span, i) => {
        const [left, right] = span.map((value) => this.across(this.x.share(value))).sort((a, b) => a - b);
        const top = this.up(rows.share(y[i])) - high / 2;
        const fill = typeof color === "string" ? color : color[i];
        return { left, right, top, foot: top + high, from: left, fill, outline, told: () => customdata[i] };
      }),
    );
  }

  /**
   * Where points stand; one that is no number stands nowhere.
   * @param {Points} points
   * @returns {(Point | null)[]}
   */
  places({ x, y }) {
    return x.map((value, i) => {
      const at = y[i];
      return at === null ? null : [this.across(this.x.share(value)), this.up(this.y.share(at))];
    });
  }

  /** Points that say something. */
  get told() {
    return this.points.filter(({ trace }) => trace.hoverinfo !== "skip");
  }

  /** Rows where these answer as a whole, else bars and points. @returns {Item[]} */
  get parts() {
    const row = { left: this.room.left, right: this.edge };
    const bars = this.bars.map((bar) => (this.layout.hovermode === "y" ? { ...bar, ...row } : bar));
    const points = this.told.flatMap((each) =>
      this.places(each).flatMap((place, i) => {
        if (!place) return [];
        const [[x, y], r] = [place, (each.trace.marker?.size ?? 0) / 2];
        return [{ left: x - r, right: x + r, top: y - r, foot: y + r, from: x - r, told: () => each.said(i) }];
      }),
    );
    return [...bars, ...points];
  }

  /**
   * Places of x, each as high as the plot, which tell of all lines there.
   * @param {Columns} found
   * @returns {Item[]}
   */
  upright(found) {
    const title = this.layout.xaxis.unifiedhovertitle?.text ?? "";
    return found.map(([x, points]) => {
      const at = this.across(this.x.share(x));
      const lines = () => points.map(([each, i]) => `${each.trace.name}: ${each.said(i)}`);
      const told = () => [filled(title, { x }), ...lines()].join("<br>");
      return { ...this.room, left: at, right: at, from: at, told };
    });
  }

  /**
   * What an item is called, and how it comes about.
   * @param {number} i
   */
  said(i) {
    return boxed(this.items[i].told());
  }

  /**
   * The item at a place, or the nearest one that is close by.
   * @param {number} x
   * @param {number} y
   * @returns {number | null}
   */
  at(x, y) {
    const { hovermode, hoverdistance = REACH } = this.layout;
    const away = this.items.map(({ left, right, top, foot }) =>
      Math.hypot(
        hovermode === "y" ? 0 : Math.max(left - x, 0, x - right),
        this.columns ? 0 : Math.max(top - y, 0, y - foot),
      ),
    );
    const nearest = away.reduce((best, each, i) => (each < away[best] ? i : best), 0);
    return away[nearest] <= hoverdistance ? nearest : null;
  }

  /** Lines of words, each with the place of its middle; `fill` is a colour of their own. */
  get notes() {
    const { annotations = [], font } = this.layout;
    return annotations.flatMap(({ x, y, xref, yref, text, xshift = 0, yshift = 0, font: own, ...anchors }) => {
      const size = own?.size ?? font.size;
      const lines = text.split("<br>");
      const first = 0.5 - lines.length * OVER[anchors.yanchor ?? "middle"];
      const [left, at] = [this.across(xref ? x : this.x.placed(x)), this.up(yref ? y : this.y.placed(y))];
      return lines.map((words, i) => ({
        x: left + xshift,
        y: at - yshift + size * LINE * (first + i),
        "text-anchor": ANCHORS[anchors.xanchor],
        runs: runs(words),
        size,
        fill: own?.color,
      }));
    });
  }

  /** Straight lines, each with its look. */
  get rules() {
    const { shapes = [] } = this.layout;
    return shapes.map((shape) => ({
      ends: [this.end(shape, shape.x0, shape.y0), this.end(shape, shape.x1, shape.y1)],
      ...shape.line,
    }));
  }

  /**
   * Where a straight line ends: at shares of the plot, at a place of the axes, or so many pixels from one.
   * @param {DescribedRule} shape
   * @param {number} x
   * @param {number} y
   * @returns {Point}
   */
  end({ xref, yref, xsizemode, ysizemode, xanchor = 0, yanchor = 0 }, x, y) {
    const across = (/** @type {number} */ value) => this.across(xref ? value : this.x.share(value));
    const up = (/** @type {number} */ value) => this.up(yref ? value : this.y.share(value));
    return [xsizemode ? across(xanchor) + x : across(x), ysizemode ? up(yanchor) - y : up(y)];
  }

  /** Names of colours, each once. @returns {{ name: string, fill: string }[]} */
  get legend() {
    const shown = this.layout.showlegend ? this.traces.filter(({ showlegend }) => showlegend) : [];
    return shown.map(({ name = "", marker: { color } }) => ({ name, fill: String(color) }));
  }
}
