// @ts-check
import { element, make, set } from "./dom.js";
import { fitted } from "./paper.js";
import { line } from "./pure/line.js";
import { DETAIL, height, nearest, passed, stroke, told, value } from "./pure/sketching.js";

/** @import { Mark, SketchData } from "./kinds.js" */
/** @import { Tell } from "./data.js" */

/** How far a key moves a point, in thousandths. @type {Record<string, number>} */
const UP = { ArrowUp: 20, ArrowDown: -20, PageUp: 100, PageDown: -100 };
/** @type {Record<string, (at: number, last: number) => number>} */
const TO = { ArrowLeft: (at) => at - 1, ArrowRight: (at) => at + 1, Home: () => 0, End: (_, last) => last };
const LABEL_PX = 5;

/** Empty axes on which a line is drawn: dragged, clicked point by point, or moved by arrow keys. */
export class Sketch {
  /**
   * @param {HTMLElement} host
   * @param {Tell} tell
   */
  constructor(host, tell) {
    /** @type {SketchData | null} */
    this.data = null;
    /** @type {(number | null)[]} */
    this.heights = [];
    this.tell = tell;
    host.classList.add("rx-sketch");
    this.host = host;
    this.svg = make("svg", { class: "rx", role: "slider", tabindex: 0, "aria-orientation": "vertical" }, host);
    set(this.svg, { "aria-valuemin": 0, "aria-valuemax": DETAIL });
    this.axes = make("g", {}, this.svg);
    this.drawn = make("g", {}, this.svg);
    this.clear = element("button", "rx-fix", host, "Clear");
    this.clear.type = "button";
    this.clear.onclick = () => {
      this.heights = this.heights.map(() => null);
      this.draw();
      this.end(true);
    };
    this.at = 0;
    /** Where a pointer that draws was last. @type {[number, number] | null} */
    this.last = null;
    this.changed = false;
    this.listen();
    this.leave = fitted(host, () => this.draw());
  }

  listen() {
    const { svg } = this;
    svg.addEventListener("pointerdown", (event) => {
      if (event.button > 0) return;
      svg.setPointerCapture?.(event.pointerId);
      this.last = null;
      this.stroke(event);
    });
    svg.addEventListener("pointermove", (event) => this.last && this.stroke(event));
    for (const name of ["pointerup", "pointercancel"])
      svg.addEventListener(name, () => {
        this.last = null;
        this.end();
      });
    svg.addEventListener("keydown", (event) => this.key(event));
    svg.addEventListener("keyup", () => this.end());
    svg.addEventListener("blur", () => this.end());
  }

  /**
   * What the page sends is the line, unless its visitor is drawing.
   * @param {SketchData} data
   * @param {Tell} tell
   */
  update(data, tell) {
    this.tell = tell;
    const other = this.data?.line !== data.line || this.data?.places.length !== data.places.length;
    this.data = data;
    if (other || !this.changed) this.heights = data.heights;
    if (other) this.at = 0;
    set(this.svg, { "aria-label": `Your guess for ${data.line}: ${data.y.title} over ${data.x.title}` });
    this.draw();
  }

  /** The room of the axes, as they are in the answer. */
  get room() {
    const [left, top, right, bottom, high] = this.data?.room ?? [0, 0, 0, 0, 0];
    const wide = this.host.clientWidth;
    const [w, h] = [Math.max(40, wide - left - right), high - top - bottom];
    return {
      left,
      top,
      w,
      h,
      wide,
      high,
      x: (/** @type {number} */ at) => left + at * w,
      y: (/** @type {number} */ at) => top + (1 - at) * h,
    };
  }

  /** @param {PointerEvent} event */
  stroke(event) {
    if (!this.data) return;
    const { left, top, w, h } = this.room;
    const box = this.svg.getBoundingClientRect();
    const places = this.data.places.map(([at]) => at);
    const place = nearest(places, (event.clientX - box.left - left) / w);
    const to = /** @type {[number, number]} */ ([place, height(1 - (event.clientY - box.top - top) / h)]);
    this.heights = stroke(this.heights, this.last ?? to, to);
    this.last = to;
    this.at = place;
    this.changed = true;
    this.draw();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { at, heights } = this;
    const [by, to] = [UP[event.key], TO[event.key]];
    if (by !== undefined) {
      const from = passed(heights, at);
      const next = heights[at] === null ? from : height((from + by) / DETAIL);
      this.heights = stroke(heights, [at, next], [at, next]);
      this.changed = true;
    } else if (to) this.at = Math.min(heights.length - 1, Math.max(0, to(at, heights.length - 1)));
    else if (event.key === "Delete" || event.key === "Backspace") {
      this.heights = heights.map((each, i) => (i === at ? null : each));
      this.changed = true;
    } else return;
    event.preventDefault();
    event.stopPropagation();
    this.draw();
  }

  /** Tells the page of the line, where it has changed. */
  end(always = false) {
    if (!this.changed && !always) return;
    this.changed = false;
    this.tell("setting", told(this.heights));
  }

  draw() {
    const { data } = this;
    if (!data) return;
    const room = this.room;
    set(this.svg, { width: room.wide, height: room.high, viewBox: `0 0 ${room.wide} ${room.high}` });
    this.frame(data, room);
    this.drawn.replaceChildren();
    const points = data.places.flatMap(([at], i) => {
      const each = this.heights[i] ?? null;
      return each === null ? [] : [/** @type {[number, number]} */ ([room.x(at), room.y(each / DETAIL)])];
    });
    this.clear.hidden = points.length === 0;
    const kind = data.residual ? "residual" : "plain";
    if (points.length === 0) {
      const middle = { x: room.x(0.5), class: "mid halo" };
      const words = make("text", { ...middle, y: room.y(0.5) - 4 }, this.drawn);
      words.textContent = `Draw ${data.line} here`;
      const how = make("text", { ...middle, y: room.y(0.5) + 15, class: "mid m halo rx-by-hand" }, this.drawn);
      how.textContent = "drag, click, or arrow keys";
    }
    make("path", { class: `trace ${kind}`, d: line(points), "stroke-width": 2.5 }, this.drawn);
    for (const [cx, cy] of points) make("circle", { class: `rx-knot ${kind}`, cx, cy, r: 3 }, this.drawn);
    const here = this.heights[this.at] ?? passed(this.heights, this.at);
    const [place, label] = data.places[this.at] ?? [0, ""];
    make("path", { class: "cursor rx-here", d: `M${room.x(place)} ${room.top}v${room.h}` }, this.drawn);
    const is = this.heights[this.at] === null ? "no point yet" : value(here, data.y);
    set(this.svg, { "aria-valuenow": here, "aria-valuetext": `at ${label}: ${is}` });
  }

  /**
   * @param {SketchData} data
   * @param {Sketch["room"]} room
   */
  frame({ x, y, rules }, room) {
    const { axes } = this;
    const { left, top, w, h } = room;
    axes.replaceChildren();
    const across = (
      /** @type {Mark[]} */ marks,
      /** @type {string} */ css,
      /** @type {(at: number, label: string) => void} */ name,
    ) => {
      for (const [at, label] of marks) {
        make("path", { class: css, d: `M${left} ${room.y(at)}h${w}` }, axes);
        name(room.y(at), label);
      }
    };
    across(y.ticks, "rule", (to, label) => {
      make("text", { x: left - LABEL_PX, y: to + 4, class: "m end" }, axes).textContent = label;
    });
    across(rules, "rule dotted", (to, label) => {
      label.split("\n").forEach((each, i, all) => {
        const at = { x: left + w + 8, y: to + 4 + 16 * (i - (all.length - 1) / 2) };
        make("text", { ...at, class: "m" }, axes).textContent = each;
      });
    });
    for (const [at, label] of x.ticks) {
      make("path", { class: "rule", d: `M${room.x(at)} ${top}v${h}` }, axes);
      make("text", { x: room.x(at), y: top + h + 17, class: "m mid" }, axes).textContent = label;
    }
    make("text", { x: left + w / 2, y: top + h + 42, class: "mid" }, axes).textContent = x.title;
    make("text", { x: 8, y: top - 15 }, axes).textContent = y.title;
  }

  close() {
    this.leave();
    this.host.classList.remove("rx-sketch");
    this.host.replaceChildren();
  }
}
