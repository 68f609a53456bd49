// @ts-check
import { element, make, rootScale, set, still } from "./dom.js";
import { fitted } from "./paper.js";
import { Losses, places, strip } from "./pure/door.js";
import { means } from "./pure/mean.js";
import { reading } from "./pure/words.js";

/** @import { DoorData } from "./data.js" */

/** A whole race takes so long: less than what would need a pause, which there is nevertheless. */
const RACE_MS = 4000;

/** The picture of the front door: a net with its shortcuts, or without, and the losses of both in a recorded race. */
export class Door {
  /** @param {HTMLElement} host */
  constructor(host) {
    this.host = host;
    host.classList.add("rx-door");
    this.head = element("div", "rx-head", host);
    this.room = element("div", "rx-room", host);
    this.svg = make("svg", { class: "rx", role: "img" }, this.room);
    const foot = element("div", "rx-foot", host);
    this.switch = element("button", "rx-switch", foot);
    set(this.switch, { type: "button", role: "switch", "aria-checked": "true" });
    this.switch.onclick = () => this.turn(!this.on);
    this.play = element("button", "rx-fix rx-run", foot);
    this.play.type = "button";
    this.play.onclick = () => this.press();
    this.status = element("span", "rx-step", foot);
    /** Whether the shortcuts are shown. */
    this.on = true;
    this.step = 0;
    /** @type {ReturnType<typeof setInterval> | null} */
    this.timer = null;
    /** @type {DoorData | null} */
    this.data = null;
    this.leave = fitted(this.room, (printed) => (printed ? this.end() : this.draw()));
  }

  /**
   * It is played once, when it comes.
   * @param {DoorData} data
   */
  update(data) {
    const [before, now] = [JSON.stringify(this.data), JSON.stringify(data)];
    if (before === now) return;
    this.data = data;
    this.head.replaceChildren();
    element("h1", "", this.head, data.title);
    element("p", "", this.head, data.look);
    this.svg.setAttribute("aria-label", data.words);
    this.step = still() ? this.last : 0;
    this.turn(true);
    if (!still()) this.run();
  }

  get last() {
    return Math.max(0, ...(this.data?.nets ?? []).map((net) => net.loss.length - 1));
  }

  press() {
    if (this.timer !== null) return this.rest();
    if (this.step === this.last) this.step = 0;
    this.run();
  }

  run() {
    this.timer = setInterval(() => {
      this.step = Math.min(this.last, this.step + 1);
      if (this.step === this.last) this.rest();
      else this.draw();
    }, RACE_MS / Math.max(1, this.last));
    this.draw();
  }

  rest() {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    this.draw();
  }

  /** Paper has the whole race, and nothing moves on it. */
  end() {
    this.step = this.last;
    this.rest();
  }

  /**
   * With the shortcuts, or without.
   * @param {boolean} on
   */
  turn(on) {
    this.on = on;
    this.switch.setAttribute("aria-checked", String(on));
    this.switch.textContent = on ? "shortcuts on" : "shortcuts off";
    this.host.classList.toggle("rx-cut", !on);
    this.draw();
  }

  draw() {
    const { data, svg, room } = this;
    const scale = rootScale();
    const [width, height] = [room.clientWidth / scale, room.clientHeight / scale];
    if (!data || !width || !height) return;
    set(svg, { viewBox: `0 0 ${width} ${height}`, width: width * scale, height: height * scale });
    svg.replaceChildren();
    const { net, losses } = places(width, height);
    this.net(data, net);
    this.losses(data, new Losses(data, losses));
    const over = this.step === this.last ? "Play again" : "Play";
    this.play.textContent = this.timer === null ? over : "Pause";
    this.status.textContent = `step ${this.step + 1} of ${this.last + 1}`;
  }

  /**
   * @param {DoorData} data
   * @param {import("./pure/door.js").Box} box
   */
  net(data, box) {
    const shown = data.nets.find((net) => net.residual === this.on);
    make("text", { x: box.left, y: box.top + 14, class: "name" }, this.svg).textContent = shown?.title ?? "";
    const drawn = strip(data, box);
    for (const { shade, ...bar } of drawn.bars) make("rect", { class: `${shade} rx-layer`, ...bar }, this.svg);
    if (this.on) for (const d of drawn.arcs) make("path", { class: "arc", d }, this.svg);
  }

  /**
   * @param {DoorData} data
   * @param {Losses} chart
   */
  losses(data, chart) {
    const { svg, step } = this;
    const text = (/** @type {Record<string, string | number>} */ place, /** @type {string} */ words) => {
      make("text", place, svg).textContent = words;
    };
    text({ x: chart.box.left, y: chart.box.top + 14, class: "name" }, data.axis);
    for (const power of chart.powers) {
      const y = chart.scale.y(power);
      make("path", { class: "rule", d: `M${chart.left} ${y}H${chart.end}` }, svg);
      text({ x: chart.left - 8, y: y + 4, class: "m end" }, String(10 ** power));
    }
    const guess = chart.y(data.chance);
    make("path", { class: "rule dotted", d: `M${chart.left} ${guess}H${chart.end}` }, svg);
    text({ x: chart.end, y: guess - 5, class: "m end halo" }, `chance ${reading(data.chance)}`);
    text({ x: chart.left, y: chart.foot + 17, class: "m" }, "step 1");
    text({ x: chart.end, y: chart.foot + 17, class: "m end" }, `${this.last + 1}`);
    const lines = data.nets.map((net) => means(net.loss, data.tail));
    const ends = lines.map((each) => each[Math.min(step, each.length - 1)]);
    const names = chart.names(ends);
    data.nets.forEach((net, i) => {
      const kind = net.residual ? "residual" : "plain";
      const front = net.residual === this.on ? "rx-front" : "";
      make("path", { class: `trace ${kind} rx-raw`, d: chart.line(net.loss, step) }, svg);
      make("path", { class: `trace ${kind} ${front}`, d: chart.line(lines[i], step) }, svg);
      text({ x: chart.end + 10, y: names[i] - 2, class: `name ${kind}` }, net.name);
      text({ x: chart.end + 10, y: names[i] + 14, class: `b ${kind}` }, `loss ${reading(ends[i])}`);
    });
  }

  close() {
    if (this.timer !== null) clearInterval(this.timer);
    this.leave();
    this.host.replaceChildren();
  }
}
