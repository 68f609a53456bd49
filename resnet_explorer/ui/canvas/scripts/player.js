// @ts-check
import { element, make, set, still } from "./dom.js";
import { pace } from "./pure/pace.js";
import { reading, stepped } from "./pure/words.js";

/** @import { Run } from "./pure/run.js" */
/** @import { Net } from "./pure/series.js" */

const SETTLE_MS = 400;
const PLAY = "M4 2.5v11l9-5.5z";
const PAUSE = "M4 2.5h3v11H4zM9 2.5h3v11H9z";
const BACK = "M10 3L5 8l5 5";
const ON = "M6 3l5 5l-5 5";
/** @type {Record<string, number>} */
const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

/** The slider over a run's steps, with what was measured at that step. */
export class Player {
  /**
   * @param {HTMLElement} host
   * @param {(frame: number, fixed: boolean) => void} onFrame told of the frame that is to be shown, and of the axis
   * @param {(step: string) => void} onMove told of the step at which a visitor has left the slider, counted from 1
   */
  constructor(host, onFrame, onMove) {
    this.onFrame = onFrame;
    this.onMove = onMove;
    this.bar = element("div", "rx-player", host);
    this.bar.dataset.choice = "step lab_step";
    const play = button("rx-play", this.bar, PLAY);
    this.button = play.button;
    this.icon = play.icon;
    this.back = this.stepper("One step back", BACK, -1);
    this.on = this.stepper("One step on", ON, 1);
    this.slider = element("input", "rx-slider", this.bar);
    Object.assign(this.slider, { type: "range", min: 0, step: 1 });
    this.slider.setAttribute("aria-label", "Step of the run");
    this.step = element("output", "rx-step", this.bar);
    this.fix = element("button", "rx-fix", this.bar, "Fixed axis");
    set(this.fix, { type: "button", title: "One scale for all steps, instead of each step's own" });
    this.fix.setAttribute("aria-pressed", "false");
    this.nets = element("div", "rx-nets", this.bar);
    this.frame = 0;
    this.follow = true;
    /** Steps that the page was told of and has not answered. @type {number[]} */
    this.told = [];
    /** @type {Run | null} */
    this.run = null;
    /** While it plays. @type {ReturnType<typeof setInterval> | null} */
    this.timer = null;
    /** Until the slider has come to rest. @type {ReturnType<typeof setTimeout> | undefined} */
    this.later = undefined;
    this.listen();
    this.icons(false);
  }

  listen() {
    this.bar.onkeydown = (event) => this.key(event);
    this.button.onclick = () => (this.timer ? this.halt() : this.play());
    this.slider.oninput = () => this.to(Number(this.slider.value));
    this.fix.onclick = () => {
      this.fix.setAttribute("aria-pressed", String(!this.fixed));
      this.onFrame(this.frame, this.fixed);
    };
  }

  /**
   * @param {string} name
   * @param {string} shape
   * @param {number} by
   */
  stepper(name, shape, by) {
    const made = button("rx-by", this.bar, shape).button;
    set(made, { title: name, "aria-label": name });
    made.tabIndex = -1; // arrow keys do the same from the slider
    made.onclick = () => this.by(by);
    return made;
  }

  /**
   * So many steps on, or back.
   * @param {number} steps
   */
  by(steps) {
    this.to(Math.min(this.last, Math.max(0, this.frame + steps)));
  }

  /**
   * A visitor goes to a frame.
   * @param {number} frame
   */
  to(frame) {
    this.pause();
    this.go(frame);
    this.follow = this.frame === this.last;
    this.moved();
  }

  /** The page is told where the slider stands, for its link, once it has come to rest. */
  moved() {
    clearTimeout(this.later);
    const { run } = this;
    if (!run?.tells) return;
    const step = this.frame === run.ending ? 0 : run.steps[this.frame] + 1;
    this.later = setTimeout(() => {
      if (!this.told.includes(step)) this.told.push(step);
      this.onMove(String(step));
    }, SETTLE_MS);
  }

  /**
   * Whether the page itself has chosen another step, as undo does; what it was told comes back as an answer.
   * @param {Run} run
   * @param {number} at
   */
  sent(run, at) {
    const answer = this.told.indexOf(at);
    if (answer >= 0) this.told.splice(0, answer + 1);
    return answer < 0 && at !== run.at;
  }

  /**
   * The arrow keys step wherever the focus is in the bar; the slider knows more keys of its own.
   * @param {KeyboardEvent} event
   */
  key(event) {
    const by = STEPS[event.key];
    if (!by || event.target === this.slider || this.slider.disabled) return;
    this.by(by);
    event.preventDefault();
  }

  /** Whether the axis is that of the whole run. */
  get fixed() {
    return this.fix.getAttribute("aria-pressed") === "true";
  }

  get last() {
    return this.run?.end ?? 0;
  }

  /**
   * A run that is new, or has come further.
   * @param {Run} run
   */
  set(run) {
    const before = this.run && run.continues(this.run) ? this.run : null;
    const led = !before || this.sent(before, run.at);
    if (led) Object.assign(this, { follow: true, told: [] });
    if (led || !run.tells) clearTimeout(this.later);
    else if (this.told.length) this.moved(); // an undo in the same moment has gone over it: it is told again
    if (before) this.frame = run.frame(before.steps[this.frame]);
    this.take(run);
    if (before?.running && !run.running) this.end(run);
    else this.stand(run, this.follow && (led || run.running));
    if (run.plays && !this.timer && !still()) this.play();
  }

  /**
   * A run is over: a slider that went with it stands where the run opens; of another step the page is told.
   * @param {Run} run
   */
  end(run) {
    this.stand(run, this.follow);
    if (!this.follow) this.moved();
  }

  /**
   * @param {Run} run
   * @param {boolean} along whether the slider goes with the run, unless it plays
   */
  stand(run, along) {
    this.go(along && !this.timer ? run.standing : Math.min(this.frame, this.last));
  }

  /** @param {Run} run */
  take(run) {
    this.run = run;
    this.bar.classList.toggle("rx-still", run.track.still);
    this.slider.max = String(this.last);
    for (const each of [this.slider, this.button, this.back, this.on]) each.disabled = run.steps.length < 2;
  }

  /** @param {number} frame */
  go(frame) {
    const { run, last, slider } = this;
    if (!run) return;
    this.frame = frame;
    slider.value = String(frame);
    slider.style.setProperty("--done", `${last ? (100 * frame) / last : 0}%`);
    const words = stepped(run.steps, frame, run.running);
    this.step.textContent = words;
    slider.setAttribute("aria-valuetext", words);
    this.nets.replaceChildren();
    for (const net of run.nets) this.reading(net, run.place(net, frame));
    this.onFrame(frame, this.fixed);
  }

  /**
   * A net's numbers at a place of its steps.
   * @param {Net} net
   * @param {number} at
   */
  reading(net, at) {
    const line = element("div", `rx-net ${net.residual ? "residual" : "plain"}`, this.nets);
    const sample = make("svg", { viewBox: "0 0 26 8", width: 26, height: 8, "aria-hidden": "true" }, line);
    make("path", { d: "M1 4H25", "stroke-width": net.width }, sample);
    element("b", "", line, net.title);
    const gone = this.run?.steps.length ? this.run.gone(net, this.frame) : "";
    element("span", "", line, at < 0 ? gone : `loss ${reading(net.loss[at])}`);
    element("span", "", line, at < 0 ? "" : `first / last ${reading(net.ratio[at])}`);
  }

  play() {
    if (this.frame >= this.last || (this.follow && this.frame === this.run?.ending)) this.go(0);
    const next = () => (this.frame < this.last ? this.go(this.frame + 1) : this.halt());
    this.timer = setInterval(next, pace(this.last + 1));
    this.icons(true);
  }

  halt() {
    this.pause();
    this.moved();
  }

  pause() {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    this.follow = this.frame === this.last;
    this.icons(false);
  }

  /** @param {boolean} playing */
  icons(playing) {
    this.icon.setAttribute("d", playing ? PAUSE : PLAY);
    this.button.setAttribute("aria-label", playing ? "Pause" : "Replay the run");
  }

  close() {
    if (this.timer) clearInterval(this.timer);
    clearTimeout(this.later);
    this.bar.remove();
  }
}

/**
 * A button with an icon.
 * @param {string} css
 * @param {HTMLElement} bar
 * @param {string} shape
 */
function button(css, bar, shape) {
  const made = element("button", css, bar);
  made.type = "button";
  const icon = make("path", { d: shape }, make("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, made));
  return { button: made, icon };
}
