// @ts-check
/** A figure as `figures` describes it for plotly: where in a room each of its parts stands. */

import { clear, Rows, Ruler } from "./ruler.js";

/** @import { DescribedFigure, DescribedPoints } from "../kinds.js" */
/** @import { Point } from "./line.js" */
/** @import { Value } from "./ruler.js" */

/** @typedef {{ left: number, right: number, top: number, foot: number }} Box */
/** A part that says what it is: its name, and how it comes about; its card begins there. @typedef {Box & { name: string, words: string, from: number }} Item */
/** A label at a place of an axis. @typedef {{ at: number, label: string }} Mark */
/** Words, and whether they are bold. @typedef {[words: string, bold: boolean]} Run */

/** Between two ticks of an axis, at least. */
const APART = { x: 50, y: 32 };
/** How wide a letter of a tick is. */
const LETTER = 7;
/** Between the plot and the names at its left; for a title at the left of those. */
const GAP = 7;
const TITLE = 26;
/** How far from a part the pointer may be. */
const REACH = 24;
/** What of a row is left free between bars, unless it is said. */
const BARGAP = 0.2;
const ANCHORS = { left: "start", center: "middle", right: "end" };
/** The two colours that mean something, as they are by day. @type {Record<string, string>} */
export const KINDS = { "#0072B2": "residual", "#D55E00": "plain" };

/** A figure in a room. Its parts are in pixels of designed size. */
export class Described {
  /** @param {DescribedFigure} figure */
  constructor({ data, layout }) {
    this.layout = layout;
    this.traces = data.filter((trace) => trace.type === "bar");
    this.points = data.filter((trace) => trace.type === "scatter");
    const rows = [...new Set(this.traces.flatMap((trace) => trace.y))];
    this.spans = this.stacked();
    this.x = new Ruler(layout.xaxis, this.spans.flat(2));
    this.y = rows.length ? new Rows(layout.yaxis, rows) : new Ruler(layout.yaxis, []);
    /** The plot. @type {Box} */
    this.room = { left: 0, right: 0, top: 0, foot: 0 };
  }

  /** Of each trace, where its bars begin and end. */
  stacked() {
    /** @type {Map<Value, number>} */
    const ends = new Map();
    return this.traces.map(({ x, y }) =>
      x.map((value, i) => {
        const begin = (this.layout.barmode === "stack" && ends.get(y[i])) || 0;
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
    this.room = { left: margin.l, right: width - margin.r, top: margin.t, foot: height - margin.b };
    const names = widest(this.ticks.y.map(({ label }) => label));
    this.room.left = Math.max(margin.l, names + GAP + (yaxis.title.text ? TITLE : 0));
    this.room.right = Math.max(this.room.left + 1, this.room.right);
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
        return { left, right, top, foot: top + high, from: left, fill, outline, ...boxed(customdata[i]) };
      }),
    );
  }

  /**
   * The points of a trace.
   * @param {DescribedPoints} trace
   * @returns {Point[]}
   */
  places({ x, y }) {
    return x.map((value, i) => [this.across(this.x.share(value)), this.up(this.y.share(y[i]))]);
  }

  /** What can be pointed at: rows where these answer as a whole, else bars and points. @returns {Item[]} */
  get items() {
    const { left, right } = this.room;
    const bars = this.bars.map((bar) => (this.layout.hovermode === "y" ? { ...bar, left, right } : bar));
    const told = this.points.filter(({ hoverinfo }) => hoverinfo !== "skip");
    const points = told.flatMap((trace) =>
      this.places(trace).map(([x, y], i) => {
        const r = trace.marker.size / 2;
        const box = { left: x - r, right: x + r, top: y - r, foot: y + r, from: x - r };
        return { ...box, ...boxed(trace.customdata?.[i] ?? "") };
      }),
    );
    return [...bars, ...points];
  }

  /**
   * The item at a place, or the nearest one that is close by.
   * @param {number} x
   * @param {number} y
   * @returns {number | null}
   */
  at(x, y) {
    const rows = this.layout.hovermode === "y";
    const away = this.items.map(({ left, right, top, foot }) =>
      Math.hypot(rows ? 0 : Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - foot)),
    );
    const least = Math.min(...away);
    return least <= REACH ? away.indexOf(least) : null;
  }

  /** Words beside places; `fill` is a colour of their own. */
  get notes() {
    const { annotations = [], font } = this.layout;
    return annotations.map(({ x, y, text, xanchor, xshift = 0, yshift = 0, font: own }) => ({
      x: this.across(this.x.placed(x)) + xshift,
      y: this.up(this.y.placed(y)) - yshift,
      "text-anchor": ANCHORS[xanchor],
      runs: runs(text),
      size: own?.size ?? font.size,
      fill: own?.color,
    }));
  }

  /** Lines through the whole plot, each with its colour. @returns {{ ends: Point[], color: string }[]} */
  get rules() {
    const { shapes = [] } = this.layout;
    const across = (/** @type {number} */ value) => this.across(this.x.share(value));
    return shapes.map(({ x0, x1, line }) => ({
      ends: [
        [across(x0), this.up(0)],
        [across(x1), this.up(1)],
      ],
      color: line.color,
    }));
  }

  /** Names of colours, each once. @returns {{ name: string, fill: string }[]} */
  get legend() {
    const shown = this.layout.showlegend ? this.traces.filter(({ showlegend }) => showlegend) : [];
    return shown.map(({ name = "", marker: { color } }) => ({ name, fill: String(color) }));
  }
}

/**
 * Words in which some are bold, as runs.
 * @param {string} text
 * @returns {Run[]}
 */
export function runs(text) {
  return text.split(/<\/?b>/).flatMap((words, i) => (words.trim() ? [[words, i % 2 === 1]] : []));
}

/**
 * A box of `hover.box`: its name, and its lines.
 * @param {string} told
 */
function boxed(told) {
  const [name, ...lines] = told
    .replace(/<\/?b>/g, "")
    .split("<br>")
    .map(plain);
  return { name, words: lines.join("\n") };
}

/** @type {Record<string, string>} */
const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

/** @param {string} text */
function plain(text) {
  return text.replace(/&(lt|gt|amp);/g, (entity) => ENTITIES[entity]);
}
