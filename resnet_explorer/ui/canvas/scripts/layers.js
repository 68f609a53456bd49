// @ts-check
import { element, make } from "./dom.js";
import { beside } from "./pure/card.js";
import { ClippedScale, Places } from "./pure/places.js";
import { beyond, percent, shares, tick } from "./pure/shares.js";
import { said, trace } from "./pure/trace.js";
import { power } from "./pure/words.js";

/** @import { RaceData, RowData } from "./data.js" */
/** @import { Size } from "./pure/card.js" */
/** @import { Run } from "./pure/run.js" */
/** @import { Net } from "./pure/series.js" */
/** @import { Row } from "./tip.js" */

/** A bar fills so much of its room; an arc has so much over it. */
const FILLED = 0.78;
const ARC = 13;
/** How far over its row a name begins, where it stands over it. */
const RISE = 20;
/** The least side of a button, in pixels. */
const LEAST = 24;
/** The least between two grid lines of a row, and between a mark and the next. */
const APART = 15;
const MARKED = 9;

/** From the foot of a name over its row to that, where the screen is narrow: a name of two lines grows upwards. */
const OVER = 5;

/** The net of a race, and under it two rows of numbers of its layers at one step. */
export class Layers {
  /**
   * @param {HTMLElement} host
   * @param {Element} svg
   */
  constructor(host, svg) {
    this.band = make("rect", { class: "band", visibility: "hidden" }, svg);
    this.net = make("g", {}, svg);
    this.lines = make("g", {}, svg);
    this.sides = [0, 1, 2].map(() => element("div", "rx-race-side", host));
    this.form = "";
    /** Where arcs stand, of all blocks. @type {{ left: number, right: number, foot: number }[]} */
    this.arcs = [];
    this.places = new Places(1, 1);
    this.count = 1;
  }

  /**
   * @param {Places} places
   * @param {RaceData} data
   * @param {Run} run
   * @param {number} at
   * @param {Run | null} ghost
   */
  draw(places, data, run, at, ghost) {
    const form = JSON.stringify([places.width, places.height, data.layers, data.arcs, data.rows]);
    Object.assign(this, { places, count: data.layers.length });
    if (form !== this.form) this.frame(data);
    this.form = form;
    this.lines.replaceChildren();
    for (const [n, row] of data.rows.entries()) this.row(row, n, run, at, ghost);
    const { left, right } = places.layers;
    const foot = { x: (left + right) / 2, y: places.rows[1].foot + 15, class: "m s mid" };
    if (at > 0) make("text", foot, this.lines).textContent = `thin lines: step ${run.steps[0] + 1}`;
  }

  /** The width of a layer. */
  get pitch() {
    const { left, right } = this.places.layers;
    return (right - left) / this.count;
  }

  /**
   * The net, and names and grids of the rows.
   * @param {RaceData} data
   */
  frame({ layers, arcs, rows }) {
    const { places, net, sides } = this;
    net.replaceChildren();
    this.bars(layers, arcs);
    const { left, right } = places.layers;
    const some = arcs.some(([, , kind]) => kind);
    this.name(sides[0], places.net, "the net", some ? "arcs: the blue net's shortcuts" : "no shortcuts");
    rows.forEach((row, n) => {
      const place = places.rows[n];
      this.name(sides[n + 1], place, row.title, row.unit);
      const scale = this.scale(row, n);
      for (const exponent of scale.ticks(Math.max(1, Math.floor((scale.foot - scale.top) / APART)))) {
        const y = scale.y(exponent);
        make("path", { class: "rule", d: `M${left} ${y}H${right}` }, net);
        const words = row.share || row.percent ? tick(exponent) : power(exponent);
        const at = { x: left - 7, y: y + inside(exponent, scale), class: "m s end" };
        make("text", at, net).textContent = words;
      }
    });
    const y = places.rows[1].foot + 15;
    make("text", { x: places.narrow ? 0 : left, y, class: "m s" }, net).textContent = "image";
    make("text", { x: right, y, class: "m s end" }, net).textContent = "classes";
  }

  /**
   * @param {HTMLElement} side
   * @param {{ top: number, foot: number }} place
   * @param {string} title
   * @param {string} unit
   */
  name(side, { top, foot }, title, unit) {
    const { over, narrow } = this.places;
    side.style.top = `calc(var(--u) * ${over ? top - (narrow ? OVER : RISE) : (top + foot) / 2})`;
    side.classList.toggle("rx-race-middle", !over);
    side.replaceChildren();
    element("b", "", side, title);
    element("span", "", side, unit);
  }

  /**
   * @param {RaceData["layers"]} layers
   * @param {RaceData["arcs"]} arcs
   */
  bars(layers, arcs) {
    const { net, places } = this;
    const { top, foot } = places.net;
    const { left } = places.layers;
    const pitch = this.pitch;
    const [tallest, middle] = [Math.max(0, foot - top - ARC), (top + ARC + foot) / 2]; // low while it is placed
    const drawn = layers.map(([, share, shade], i) => {
      const high = share * tallest;
      const box = {
        x: left + (i + (1 - FILLED) / 2) * pitch,
        y: middle - high / 2,
        width: FILLED * pitch,
        height: high,
      };
      make("rect", { class: `${shade} rx-layer`, ...box }, net);
      return box;
    });
    this.arcs = arcs.map(([first, last, kind]) => {
      const y = Math.min(...drawn.slice(first, last + 1).map((box) => box.y)) - 2;
      const [from, to] = [drawn[first].x, drawn[last].x + drawn[last].width];
      const d = `M${from} ${y}C${from} ${y - 1.3 * ARC} ${to} ${y - 1.3 * ARC} ${to} ${y}`;
      if (kind) make("path", { class: `arc ${kind}`, d }, net);
      return { left: from, right: to, foot: y };
    });
  }

  /**
   * The place of a shortcut's button, in pixels: over its arc, and no smaller than a finger needs; null before it is drawn.
   * @param {number} i
   * @param {number} unit
   */
  over(i, unit) {
    const arc = this.arcs[i];
    if (!arc) return null;
    const { left, right, foot } = arc;
    const [width, height] = [right - left, ARC + 2].map((side) => Math.max(LEAST, side * unit));
    return { left: ((left + right) * unit - width) / 2, top: (foot + 2) * unit - height, width, height };
  }

  /**
   * @param {RowData} row
   * @param {number} n
   */
  scale({ low, high }, n) {
    const { top, foot } = this.places.rows[n];
    return new ClippedScale(low, high, top, foot);
  }

  /**
   * A net's numbers in a row, as they are drawn.
   * @param {Run} run
   * @param {Net} net
   * @param {number} at
   * @param {RowData} row
   * @param {number} n
   */
  values(run, net, at, row, n) {
    const all = run.values(net, at);
    const own = all.subarray((n * all.length) / 2, ((n + 1) * all.length) / 2);
    return row.share && own.length ? shares(own) : own;
  }

  /**
   * @param {RowData} row
   * @param {number} n
   * @param {Run} run
   * @param {number} at
   * @param {Run | null} ghost
   */
  row(row, n, run, at, ghost) {
    const scale = this.scale(row, n);
    if (ghost) {
      const step = run.steps.length ? ghost.steps.indexOf(run.steps[at]) : ghost.standing;
      if (step >= 0)
        for (const net of ghost.nets) this.line(this.values(ghost, net, step, row, n), scale, net, "rx-ghost");
    }
    for (const net of at > 0 ? run.nets : []) this.line(this.values(run, net, 0, row, n), scale, net, "rx-first");
    const notes = run.nets.map((net) => {
      const values = this.values(run, net, at, row, n);
      this.line(values, scale, net, "");
      const words = beyond(values, scale, row.none);
      return words && `${net.title}: ${words}`;
    });
    this.note(notes.filter(Boolean).join("; "), row.top, n);
  }

  /**
   * What of a row is beyond its scale, or, where all of it is seen, what the top of the scale means.
   * @param {string} words
   * @param {string} top
   * @param {number} n
   */
  note(words, top, n) {
    const { places, lines } = this;
    const before = words ? 0 : 1.5 * this.pitch; // beside the classifier's mark
    const place = { x: places.layers.right - before, y: places.rows[n].top + 11, class: "m s end halo" };
    make("text", place, lines).textContent = words || top;
  }

  /**
   * @param {Int16Array} values
   * @param {ClippedScale} scale
   * @param {Net} net
   * @param {string} css
   */
  line(values, scale, net, css) {
    const { places, count, lines } = this;
    if (values.length !== count) return;
    const kind = net.residual ? "residual" : "plain";
    const marked = !css && this.pitch >= MARKED;
    const how = { floor: scale.foot, residual: net.residual, marked };
    const drawn = trace(values, places.middles(count), scale, how);
    make("path", { class: `trace ${kind} ${css}`, d: drawn.line }, lines);
    make("path", { class: `dots ${kind} ${css}`, d: drawn.marks }, lines);
    make("path", { class: `none ${kind} ${css}`, d: drawn.zeros }, lines);
  }

  /** @param {number | null} layer */
  mark(layer) {
    this.band.setAttribute("visibility", layer === null ? "hidden" : "visible");
    if (layer === null) return;
    const { places, pitch } = this;
    const box = {
      x: places.layers.left + layer * pitch,
      y: places.net.top,
      width: pitch,
      height: places.rows[1].foot - places.net.top,
    };
    for (const [name, value] of Object.entries(box)) this.band.setAttribute(name, String(value));
  }

  /**
   * What is said of a layer: its numbers in both rows; of what is drawn as a part, the norm itself too.
   * @param {RaceData} data
   * @param {Run} run
   * @param {number} at
   * @param {number} layer
   */
  said(data, run, at, layer) {
    /** @type {Row[]} */
    const rows = [];
    data.rows.forEach((row, n) => {
      for (const net of run.nets) {
        const value = this.values(run, net, at, row, n)[layer];
        if (value === undefined) continue;
        const own = said(this.values(run, net, at, { ...row, share: false }, n)[layer], row.none);
        const part = row.share || row.percent ? percent(value, row.none) : own;
        const words = row.share ? `${own}, ${part} of its net's` : part;
        rows.push([`${row.short}, ${net.title}`, words, net.residual ? "residual" : "plain"]);
      }
    });
    return { path: data.layers[layer][0], what: `layer ${layer + 1} of ${data.layers.length}`, rows };
  }

  /**
   * Where the card of a layer stands.
   * @param {number} layer
   * @param {Size} card
   * @param {number} unit
   * @param {HTMLElement} body
   */
  beside(layer, card, unit, body) {
    const { places, count } = this;
    const x = places.middles(count)[layer] * unit;
    const y = Math.max(0, places.net.top * unit - card.height);
    return beside({ left: x, right: x }, { y, under: y }, card, { width: body.clientWidth, height: body.clientHeight });
  }
}

/**
 * How far under its grid line the number stands: those at the ends of a row lie within it, apart from the next row's.
 * @param {number} exponent
 * @param {ClippedScale} scale
 */
function inside(exponent, { low, high }) {
  if (exponent === low) return 0;
  return exponent === high ? 9 : 4;
}
