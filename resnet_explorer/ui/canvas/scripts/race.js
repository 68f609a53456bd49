// @ts-check
import { Cuts } from "./cuts.js";
import { element, make, rootScale, set } from "./dom.js";
import { Layers } from "./layers.js";
import { Losses } from "./losses.js";
import { fitted } from "./paper.js";
import { Places } from "./pure/places.js";
import { Replay } from "./replay.js";
import { Tip } from "./tip.js";

/** @import { RaceData, Tell } from "./data.js" */
/** @import { Run } from "./pure/run.js" */

/** @type {Record<string, number>} */
const STEPS = { ArrowLeft: -1, ArrowRight: 1 };
/** @type {Record<string, number>} */
const LAYERS = { ArrowUp: -1, ArrowDown: 1 };
const PALE = "Pale: the run before.";

/** A race in one frame of fixed height: its controls, the losses of its nets, the net, and numbers of each layer. */
export class Race {
  /**
   * @param {HTMLElement} host
   * @param {Tell} tell
   */
  constructor(host, tell) {
    this.host = host;
    this.tell = tell;
    host.classList.add("rx-race");
    const head = element("div", "rx-race-head", host);
    this.title = element("h1", "", head);
    this.status = element("p", "", head);
    this.bar = element("div", "rx-race-bar", host);
    this.run = this.button("run");
    this.stop = this.button("stop");
    this.stop.textContent = "Stop";
    const place = element("div", "rx-race-place", this.bar);
    this.body = element("div", "rx-race-body", host);
    set(this.body, { tabindex: 0, role: "group" });
    this.svg = make("svg", { class: "rx", role: "img" }, this.body);
    this.losses = new Losses(this.body, this.svg);
    this.layers = new Layers(this.body, this.svg);
    this.tip = new Tip(this.body);
    this.replay = new Replay(
      place,
      (now, frame) => this.frame(now, frame),
      (name, value) => this.tell(name, value),
      false,
    );
    /** @type {RaceData | null} */
    this.data = null;
    /** @type {Places | null} */
    this.places = null;
    /** Pixels of a unit of the drawing, as it was fitted last: to ask for the size of text anew costs a layout each time. */
    this.unit = 1;
    /** @type {Run | null} */
    this.now = null;
    /** The run before, of other choices. @type {Run | null} */
    this.ghost = null;
    this.at = 0;
    /** The layer that is pointed at. @type {number | null} */
    this.layer = null;
    /** Buttons over its shortcuts. @type {Cuts | null} */
    this.cuts = null;
    this.listen();
    this.leave = fitted(this.body, () => this.fit());
  }

  /** @param {"run" | "stop"} name */
  button(name) {
    const made = element("button", `rx-race-${name}`, this.bar);
    made.type = "button";
    made.dataset.choice = "run";
    made.onclick = () => this.tell(name, true);
    return made;
  }

  /**
   * Run and Stop share a place: while there is something to stop, Stop stands there. The focus stays in it.
   * @param {RaceData["press"]} press
   */
  buttons({ label, run, stop }) {
    const root = /** @type {Document | ShadowRoot} */ (this.host.getRootNode());
    const focused = [this.run, this.stop].includes(/** @type {HTMLButtonElement} */ (root.activeElement));
    this.run.textContent = label;
    this.run.disabled = !run;
    this.stop.disabled = !stop;
    const now = [this.stop, this.run].find((each) => !each.disabled);
    if (focused) (now ?? this.body).focus();
  }

  listen() {
    this.host.onkeydown = (event) => this.key(event);
    this.svg.onpointermove = this.svg.onpointerdown = (event) => this.point(event);
    this.svg.onpointerleave = (event) => event.pointerType === "mouse" && this.show(null);
    this.svg.onclick = (event) => this.jump(event);
    this.body.onblur = () => this.show(null);
  }

  /**
   * @param {RaceData} data
   * @param {Tell} tell
   */
  update(data, tell) {
    this.tell = tell;
    const before = this.data;
    this.data = data;
    this.title.textContent = data.title;
    set(this.svg, { "aria-label": data.words });
    set(this.body, {
      "aria-label": `${data.title}. Left and right step, space plays, up and down go through the layers`,
    });
    this.buttons(data.press);
    if (JSON.stringify(before?.rows) !== JSON.stringify(data.rows)) this.forget();
    this.replay.set(data.run);
    this.fit();
    if (JSON.stringify([before?.arcs, before?.cuts]) !== JSON.stringify([data.arcs, data.cuts])) this.shortcuts(data);
  }

  /**
   * A button over each shortcut, which keeps the focus where its net is another one.
   * @param {RaceData} data
   */
  shortcuts({ arcs, cuts }) {
    const focused = this.cuts?.focused() ?? -1;
    this.cuts?.row.remove();
    this.cuts = null;
    if (!cuts) return;
    const each = arcs.map(([, , kind, blocks]) => ({ blocks, on: kind !== null }));
    this.cuts = new Cuts(this.body, each, {
      box: (i) => this.layers.over(i, this.unit),
      cut: (blocks) => this.tell("cut", blocks),
      seen: () => this.show(null),
    });
    if (focused >= 0) this.cuts.focus(focused);
  }

  /** Other rows: what was measured before is not of them. */
  forget() {
    this.now = null;
    this.ghost = null;
  }

  /**
   * @param {Run} run
   * @param {number} frame
   */
  frame(run, frame) {
    const { now } = this;
    if (now?.steps.length && (now.name !== run.name || run.steps.length < now.steps.length)) this.ghost = now;
    this.now = run;
    this.at = frame;
    const steps = run.steps.length > 1 ? (run.steps.at(-1) ?? 0) / Math.max(1, run.last - 1) : 1;
    this.host.style.setProperty("--made", String(Math.min(1, steps)));
    this.draw();
  }

  fit() {
    const k = rootScale();
    const [width, height] = [this.body.clientWidth / k, this.body.clientHeight / k];
    if (!width || !height) return;
    const places = new Places(width, height);
    this.places = places;
    this.unit = k * places.size;
    set(this.svg, {
      viewBox: `0 0 ${places.width} ${places.height}`,
      width: places.width * this.unit,
      height: places.height * this.unit,
    });
    const [plot, beside] = [places.right - places.left, places.layers.right];
    const sizes = { "--u": `${this.unit}px`, "--left": places.left, "--plot": plot, "--layers": beside };
    for (const [name, size] of Object.entries(sizes)) this.host.style.setProperty(name, String(size));
    this.host.classList.toggle("rx-narrow", places.narrow);
    this.host.classList.toggle("rx-named-over", places.over);
    this.draw();
    this.cuts?.fit();
  }

  draw() {
    const { data, places, now, at, ghost } = this;
    if (!data || !places || !now) return;
    this.status.textContent = ghost ? `${data.status} ${PALE}` : data.status;
    this.losses.draw(places, now, at, ghost, data.tail);
    this.layers.draw(places, data, now, at, ghost);
    if (this.layer !== null) this.show(this.layer);
  }

  // ---- pointing and keys ----

  /**
   * @param {MouseEvent} event
   * @returns {[x: number, y: number]}
   */
  place(event) {
    const box = this.svg.getBoundingClientRect();
    return [(event.clientX - box.left) / this.unit, (event.clientY - box.top) / this.unit];
  }

  /** @param {MouseEvent} event */
  point(event) {
    const [x, y] = this.place(event);
    this.show(this.places?.layer(x, y, this.data?.layers.length ?? 1) ?? null);
  }

  /**
   * A click into the losses goes to that step.
   * @param {MouseEvent} event
   */
  jump(event) {
    const { places, now } = this;
    const [x, y] = this.place(event);
    if (!places || !now?.steps.length || y > places.loss.foot || x < places.left) return;
    const step = places.step(x, now.last);
    this.replay.player.to(
      Math.max(
        0,
        now.steps.findLastIndex((each) => each <= step),
      ),
    );
  }

  /**
   * @param {number | null} layer
   * @param {boolean} aloud
   */
  show(layer, aloud = false) {
    this.layer = layer;
    const { places, data, now, at } = this;
    this.layers.mark(layer);
    if (layer === null || !places || !data || !now) return this.tip.hide();
    const said = this.layers.said(data, now, at, layer);
    this.tip.show(said, (card) => this.layers.beside(layer, card, this.unit, this.body), aloud);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { player } = this.replay;
    const target = /** @type {Element} */ (event.target);
    const [inPlayer, onButton] = [player.bar.contains(target), target.closest("button")];
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    if (event.key === " " && !onButton && !player.button.disabled) player.button.click();
    else if (STEPS[event.key] && !inPlayer && !player.slider.disabled) player.by(STEPS[event.key]);
    else if (LAYERS[event.key] && !inPlayer) this.through(LAYERS[event.key]);
    else if (event.key === "Escape") this.show(null);
    else return;
    event.preventDefault();
  }

  /** @param {number} by */
  through(by) {
    const last = (this.data?.layers.length ?? 1) - 1;
    this.show(Math.min(last, Math.max(0, (this.layer ?? (by > 0 ? -1 : last + 1)) + by)), true);
  }

  close() {
    this.leave();
    this.replay.close();
    this.host.replaceChildren();
  }
}
