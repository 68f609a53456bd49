// @ts-check
import { element, make } from "./dom.js";
import { CHART, Chart } from "./pure/chart.js";
import { power, reading } from "./pure/words.js";

/** @import { Run } from "./pure/run.js" */
/** @import { Net } from "./pure/series.js" */

/** What a chart shows: its title, which numbers of a run, and a line of its own with its name.
 *
 * @typedef {{ title: string, name: "loss" | "ratio", rule: string, level: (run: Run) => number }} Subject
 */

/** @type {Subject[]} */
const SUBJECTS = [
  { title: "training loss, nats (log)", name: "loss", rule: "chance", level: (run) => run.chance },
  { title: "first / last gradient norm (log)", name: "ratio", rule: "balanced", level: () => 1 },
];
/** As long as a chart has no width of its own. */
const WIDTH = 300;
/** Steps between grid lines, at most. */
const TICKS = 6;
/** Of what is said at the pointer: how far beside it, under the top, and from line to line. */
const BESIDE = 9;
const UNDER = 13;
const LINE = 16;

/** Loss and first/last ratio against the step, while a run goes on. A finished run has its charts on the page. */
export class Curves {
  /** @param {HTMLElement} host */
  constructor(host) {
    this.box = element("div", "rx-curves", host);
    this.charts = SUBJECTS.map((subject) => new Curve(this.box, subject));
  }

  /** @param {Run} run */
  set(run) {
    this.box.hidden = !(run.running && run.last && run.steps.length);
    if (!this.box.hidden) for (const chart of this.charts) chart.set(run);
  }

  /** @param {number | undefined} step */
  mark(step) {
    if (!this.box.hidden && step !== undefined) for (const chart of this.charts) chart.mark(step);
  }

  fit() {
    if (!this.box.hidden) for (const chart of this.charts) chart.fit();
  }

  close() {
    this.box.remove();
  }
}

class Curve {
  /**
   * @param {HTMLElement} host
   * @param {Subject} subject
   */
  constructor(host, subject) {
    this.subject = subject;
    this.svg = make("svg", { class: "rx rx-curve", role: "img", height: CHART.height }, host);
    this.grid = make("g", {}, this.svg);
    this.lines = make("g", {}, this.svg);
    this.cursor = make("path", { class: "cursor" }, this.svg);
    this.read = make("g", { class: "read" }, this.svg);
    this.svg.onpointermove = this.svg.onpointerdown = ({ clientX }) =>
      this.point(clientX - this.svg.getBoundingClientRect().left);
    this.svg.onpointerleave = () => this.point(null);
    /** @type {Run | null} */
    this.run = null;
    /** @type {Chart | null} */
    this.chart = null;
    /** Where the pointer is. @type {number | null} */
    this.at = null;
    this.width = this.measured();
  }

  measured() {
    return this.svg.getBoundingClientRect().width || WIDTH;
  }

  fit() {
    this.width = this.measured();
    if (this.run) this.set(this.run);
  }

  /** @param {Run} run */
  set(run) {
    const { name, level } = this.subject;
    const chart = new Chart(
      run.nets.flatMap((net) => net[name]),
      level(run),
      run.last,
      this.width,
    );
    const form = this.chart?.form;
    Object.assign(this, { run, chart });
    if (chart.form !== form) this.draw(chart);
    this.lines.replaceChildren();
    for (const net of run.nets) {
      const kind = net.residual ? "residual" : "plain";
      const d = chart.line(net.steps, net[name]);
      make("path", { class: `trace ${kind}`, "stroke-width": net.width, d }, this.lines);
    }
    this.svg.setAttribute("aria-label", this.words(run));
    this.point(this.at);
  }

  /**
   * Axes, grid and labels.
   * @param {Chart} chart
   */
  draw(chart) {
    const { height, left, top, foot } = CHART;
    const { grid } = this;
    this.svg.setAttribute("viewBox", `0 0 ${chart.width} ${height}`);
    grid.replaceChildren();
    make("text", { x: 0, y: 14, class: "name" }, grid).textContent = this.subject.title;
    for (const n of chart.scale.ticks(TICKS)) {
      const y = chart.scale.y(n);
      make("path", { class: "rule", d: `M${left} ${y}H${chart.end}` }, grid);
      make("text", { x: left - 8, y: y + 4, class: "m s end" }, grid).textContent = power(n);
    }
    for (const step of chart.named) {
      const place = { x: chart.x(step), y: height - foot + 17, class: step ? "m s end" : "m s" };
      make("text", place, grid).textContent = step ? `step ${step + 1}` : "1";
    }
    make("path", { class: "rule", d: `M${left} ${top}V${height - foot}` }, grid);
    if (chart.rule === null) return;
    const y = chart.y(chart.rule);
    make("path", { class: "rule dotted", d: `M${left} ${y}H${chart.end}` }, grid);
    const name = make("text", { x: chart.end, y: y - 4, class: "m s end halo" }, grid);
    name.textContent = `${this.subject.rule}: ${reading(chart.rule)}`;
  }

  /** @param {number} step */
  mark(step) {
    if (this.chart) this.cursor.setAttribute("d", upright(this.chart.x(step)));
  }

  /**
   * The values at the step under the pointer.
   * @param {number | null} at
   */
  point(at) {
    this.at = at;
    this.read.replaceChildren();
    const { run, chart } = this;
    const step = chart && at !== null ? chart.step(at) : null;
    if (!run || !chart || step === null) return;
    const x = chart.x(step);
    make("path", { class: "cursor", d: upright(x) }, this.read);
    const known = run.nets.filter((net) => net.steps.includes(step));
    const words = known.map((net) => this.pick(chart, net, step));
    this.say(x, [[`step ${step + 1}`, "m"], ...words], x > this.width / 2);
  }

  /**
   * Marks a net's value at a step, and says it.
   * @param {Chart} chart
   * @param {Net} net
   * @param {number} step
   */
  pick(chart, net, step) {
    const value = net[this.subject.name][net.steps.indexOf(step)];
    const kind = net.residual ? "residual" : "plain";
    if (value !== null && value > 0)
      make("circle", { class: `pick ${kind}`, cx: chart.x(step), cy: chart.y(value), r: 4 }, this.read);
    return [`${net.title}: ${reading(value)}`, kind];
  }

  /**
   * @param {number} x
   * @param {string[][]} words each with its class
   * @param {boolean} flip whether they stand at the left
   */
  say(x, words, flip) {
    words.forEach(([text, css], i) => {
      const place = { x: x + (flip ? -BESIDE : BESIDE), y: CHART.top + UNDER + LINE * i };
      make("text", { ...place, class: `halo s ${css}${flip ? " end" : ""}` }, this.read).textContent = text;
    });
  }

  /** @param {Run} run */
  words(run) {
    const ends = run.nets.map((net) => {
      const now = net.steps.length ? reading(net[this.subject.name][net.steps.length - 1]) : "no step yet";
      return `${net.title} ${now}`;
    });
    return `${this.subject.title}: now ${ends.join(", ")}.`;
  }
}

/**
 * A line through the whole height.
 * @param {number} x
 */
function upright(x) {
  return `M${x} ${CHART.top}V${CHART.height - CHART.foot}`;
}
