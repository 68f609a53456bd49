// @ts-check
import { element, make } from "./dom.js";
import { dot, line, square } from "./pure/line.js";
import { means } from "./pure/mean.js";
import { reading } from "./pure/words.js";

/** @import { Places } from "./pure/places.js" */
/** @import { Run } from "./pure/run.js" */
/** @import { Net } from "./pure/series.js" */

const MARK = 5;
/** A name of more letters is set smaller. */
const LONG = 21;

/** The losses of a race up to a step, on one scale for all runs, and each as a large number: as means of some steps,
 * those of single mini-batches pale behind them. */
export class Losses {
  /**
   * @param {HTMLElement} host
   * @param {Element} svg
   */
  constructor(host, svg) {
    this.side = element("div", "rx-race-side rx-race-losses", host);
    this.grid = make("g", {}, svg);
    this.lines = make("g", {}, svg);
  }

  /**
   * @param {Places} places
   * @param {Run} run
   * @param {number} at
   * @param {Run | null} ghost
   * @param {number} tail over how many steps a loss is meant
   */
  draw(places, run, at, ghost, tail) {
    this.side.style.height = `calc(var(--u) * ${places.over ? places.loss.top : places.loss.foot})`;
    this.side.style.left = `calc(var(--u) * ${places.begin})`;
    this.side.style.setProperty("--big", String(places.big));
    this.axes(places, run, tail);
    this.lines.replaceChildren();
    for (const net of ghost?.nets ?? [])
      this.line(places, net, means(net.loss, tail), run.last, Number.POSITIVE_INFINITY, "rx-ghost");
    const step = run.steps[at];
    if (step !== undefined) {
      const x = places.x(step, run.last);
      const top = places.over ? places.loss.top : 0; // from the slider, unless the numbers stand between
      make("path", { class: "cursor", d: `M${x} ${top}V${places.loss.foot}` }, this.lines);
    }
    const lines = run.nets.map((net) => means(net.loss, tail));
    if (step !== undefined) {
      for (const net of run.nets) this.line(places, net, net.loss, run.last, step, "rx-raw");
      run.nets.forEach((net, i) => void this.line(places, net, lines[i], run.last, step, ""));
    }
    this.numbers(run, lines, at, tail);
  }

  /**
   * @param {Places} places
   * @param {Run} run
   * @param {number} tail over how many steps a loss is meant
   */
  axes({ scale, loss, left, right, over }, run, tail) {
    const { grid } = this;
    grid.replaceChildren();
    for (const power of scale.powers) {
      const y = scale.y(power);
      make("path", { class: "rule", d: `M${left} ${y}H${right}` }, grid);
      make("text", { x: left - 7, y: y + 4, class: "m s end" }, grid).textContent = String(10 ** power);
    }
    const words = (/** @type {number} */ x, /** @type {string} */ css, /** @type {string} */ text) => {
      make("text", { x, y: loss.foot + 13, class: `m s ${css}` }, grid).textContent = text;
    };
    const what = "training loss, nats";
    if (!over) words(0, "", what); // where the rows have their names: the cursor does not cross it
    const first = tail > 1 ? "; jagged: a step" : ", step 1";
    words(left, "", over ? what + first : "step 1");
    words(right, "end", `step ${run.last}`);
    if (tail > 1 && !over) words((left + right) / 2, "mid", "pale, jagged: each step");
    if (run.chance <= 0) return;
    const y = scale.y(Math.log10(run.chance));
    make("path", { class: "rule dotted", d: `M${left} ${y}H${right}` }, grid);
    make("text", { x: right, y: y - 4, class: "m s end halo" }, grid).textContent = `chance: ${reading(run.chance)}`;
  }

  /**
   * A net's line up to a step, with its mark at the end, or another one where that is beyond the scale.
   * @param {Places} places
   * @param {Net} net
   * @param {(number | null)[]} losses its own, or their means
   * @param {number} count of steps
   * @param {number} last
   * @param {string} css
   */
  line(places, net, losses, count, last, css) {
    const { scale, loss } = places;
    const kind = net.residual ? "residual" : "plain";
    const to = net.steps.findLastIndex((step) => step <= last);
    const points = net.steps.slice(0, to + 1).map((step, i) => {
      const value = losses[i];
      return value !== null && value > 0 && step < count
        ? /** @type {[number, number]} */ ([places.x(step, count), scale.y(Math.log10(value))])
        : null;
    });
    make("path", { class: `trace ${kind} ${css}`, d: line(points) }, this.lines);
    const [end, value] = [points[to], losses[to]];
    if (css || !end || value === null) return;
    const power = Math.log10(value);
    if (power <= scale.high && power >= scale.low) {
      make("path", { class: `dots ${kind}`, d: net.residual ? dot(end) : square(end) }, this.lines);
      return;
    }
    const up = power > scale.high ? -1 : 1;
    const foot = (up < 0 ? loss.top : loss.foot) - up * MARK;
    const d = `M${end[0] - MARK} ${foot}h${2 * MARK}l${-MARK} ${up * 1.6 * MARK}z`;
    make("path", { class: `rx-beyond ${kind}`, d }, this.lines);
  }

  /**
   * @param {Run} run
   * @param {(number | null)[][]} lines of each net the means
   * @param {number} at
   * @param {number} tail
   */
  numbers(run, lines, at, tail) {
    this.side.replaceChildren();
    run.nets.forEach((net, i) => {
      const place = run.place(net, at);
      const box = element("div", `rx-race-loss rx-net ${net.residual ? "residual" : "plain"}`, this.side);
      const name = element("div", "rx-race-name", box);
      const sample = make("svg", { viewBox: "0 0 26 8", "aria-hidden": "true" }, name);
      make("path", { d: "M1 4H25" }, sample);
      const short = net.title.split(",")[0]; // the title of the race has the whole
      element("b", short.length > LONG ? "rx-long" : "", name, short);
      const gone = run.steps.length ? run.gone(net, at) : "";
      element("div", "rx-race-number", box, place < 0 ? "–" : reading(lines[i][place]));
      const known = place > 0 ? `mean of ${Math.min(place + 1, tail)}` : "loss";
      element("span", "rx-race-unit", box, place < 0 ? gone : known);
    });
  }
}
