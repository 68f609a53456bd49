// @ts-check
import { make } from "./dom.js";
import { LogScale } from "./pure/scale.js";
import { height, MARKED_PITCH, said, trace } from "./pure/trace.js";
import { power } from "./pure/words.js";

/** @import { Row } from "./tip.js" */
/** @import { AxisFit } from "./pure/fit.js" */
/** @import { Columns } from "./pure/columns.js" */
/** @import { Run } from "./pure/run.js" */
/** @import { Net } from "./pure/series.js" */

/** Steps between grid lines, at most. */
const TICKS = 7;
/** Between the lowest power of ten and the floor, on which norms of 0 stand. */
const ZERO_ROOM = 18;

/** The lines of a net. @typedef {{ index: number, line: Element, marks: Element, zeros: Element }} Lines */

/** The row of norms under the net: one line a net, on the columns of the axis, at one frame of a run. */
export class Norms {
  /**
   * @param {Element} svg
   * @param {{ top: number, height: number }} room
   * @param {Columns} columns
   */
  constructor(svg, room, columns) {
    this.group = make("g", { class: "norms" }, svg);
    this.top = room.top;
    this.floor = room.top + room.height;
    this.columns = columns;
    /** @type {AxisFit | null} */
    this.fitted = null;
    /** @type {Run | null} */
    this.run = null;
    /** Which nets of the run stand here. @type {number[]} */
    this.shown = [];
    this.frame = 0;
    this.scale = new LogScale(0, 1, this.top, this.floor);
    /** The column that is marked. @type {number | null} */
    this.at = null;
    /** How far the figure is scrolled. */
    this.scrolled = 0;
    /** @type {Lines[]} */
    this.lines = [];
    /** @type {Element | null} */
    this.title = null;
    this.note = make("text");
    this.marks = make("g");
  }

  /**
   * @param {Run} run
   * @param {number[]} shown
   * @param {number} frame
   * @param {boolean} fixed whether the scale is that of the whole run
   */
  set(run, shown, frame, fixed) {
    const [low, high] = run.ends(frame, fixed);
    const same = run === this.run && low === this.scale.low && high === this.scale.high;
    this.scale = new LogScale(low, high, this.top, this.floor - (run.zeros ? ZERO_ROOM : 0));
    Object.assign(this, { run, shown, frame });
    if (same) this.fill();
    else this.draw();
  }

  /** @param {AxisFit} fit */
  fit(fit) {
    this.fitted = fit;
    this.draw();
  }

  /**
   * The title stays in sight where it stands over the row.
   * @param {number} x
   */
  slide(x) {
    this.scrolled = x;
    if (this.fitted?.narrow) this.title?.setAttribute("x", String(x));
  }

  /** Scale, grid and labels; the lines follow. */
  draw() {
    const { group, fitted, run } = this;
    if (!run || !fitted) return;
    group.replaceChildren();
    group.setAttribute("transform", `translate(${fitted.left} 0)`);
    this.name(fitted, run.track);
    for (const n of this.scale.ticks(TICKS)) this.tick(fitted, this.scale.y(n), power(n));
    if (run.zeros) this.tick(fitted, this.floor, "0");
    this.lines = this.shown.map((index) => {
      const { residual, width } = run.nets[index];
      const kind = residual ? "residual" : "plain";
      return {
        index,
        line: make("path", { class: `trace ${kind}`, "stroke-width": width }, group),
        marks: make("path", { class: `dots ${kind}` }, group),
        zeros: make("path", { class: `none ${kind}` }, group),
      };
    });
    this.marks = make("g", {}, group);
    const middle = { x: fitted.plotWidth / 2, y: (this.top + this.floor) / 2 };
    this.note = make("text", { ...middle, class: "mid m halo" }, group);
    this.fill();
  }

  /**
   * @param {AxisFit} fit
   * @param {{ title: string, unit: string }} track
   */
  name({ narrow, left }, { title, unit }) {
    const place = narrow ? { x: this.scrolled, y: this.top - 17 } : { x: -left, y: this.top + 10 };
    this.title = make("text", { ...place, class: "name" }, this.group);
    this.title.textContent = title;
    if (!narrow) make("text", { x: -left, y: this.top + 26, class: "m" }, this.group).textContent = unit;
  }

  /**
   * @param {AxisFit} fit
   * @param {number} y
   * @param {string} words
   */
  tick({ narrow, plotWidth }, y, words) {
    make("path", { class: "rule", d: `M0 ${y}H${plotWidth}` }, this.group);
    const place = narrow ? { x: 2, y: y - 3, class: "m s halo" } : { x: -8, y: y + 4, class: "m s end" };
    make("text", place, this.group).textContent = words;
  }

  /** The lines of the frame, or why there are none. */
  fill() {
    const { run, fitted, columns, scale, floor, frame } = this;
    if (!run || !fitted) return;
    const nets = this.lines.map(({ index }) => run.nets[index]);
    this.note.textContent = run.steps.length ? run.empty(nets, frame) : run.track.note;
    const xs = columns.places.map((_, i) => this.x(fitted, i));
    const marked = columns.narrowest * fitted.ratio >= MARKED_PITCH;
    this.lines.forEach(({ line, marks, zeros }, n) => {
      const { residual } = nets[n];
      const drawn = trace(run.values(nets[n], frame), xs, scale, { floor, residual, marked });
      line.setAttribute("d", drawn.line);
      marks.setAttribute("d", drawn.marks);
      zeros.setAttribute("d", drawn.zeros);
    });
    this.mark(this.at);
  }

  /**
   * @param {AxisFit} fit
   * @param {number} i
   */
  x(fit, i) {
    return this.columns.middle(i) * fit.ratio;
  }

  /** @param {number | null} i */
  mark(i) {
    this.at = i;
    this.marks.replaceChildren();
    const { run, fitted, scale, floor } = this;
    if (i === null || !run || !fitted) return;
    for (const { index } of this.lines) {
      const net = run.nets[index];
      const value = this.value(run, net, i);
      const y = value === undefined ? null : height(value, scale, floor);
      const kind = net.residual ? "residual" : "plain";
      if (y !== null) make("circle", { class: `pick ${kind}`, cx: this.x(fitted, i), cy: y, r: 4.5 }, this.marks);
    }
  }

  /**
   * @param {Run} run
   * @param {Net} net
   * @param {number} i
   * @returns {number | undefined}
   */
  value(run, net, i) {
    return run.values(net, this.frame)[i];
  }

  /**
   * What is said of a column's norms.
   * @param {number} i
   * @returns {Row[]}
   */
  rows(i) {
    const { run } = this;
    if (!run) return [];
    return this.shown.map((index) => {
      const net = run.nets[index];
      const value = this.value(run, net, i);
      const name = `${run.track.short}, ${net.title}`;
      if (value === undefined) return [name, run.gone(net, this.frame)];
      return [name, said(value, run.track.none), net.residual ? "residual" : "plain"];
    });
  }
}
