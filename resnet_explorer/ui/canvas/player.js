// The slider over a run's steps, with what was measured at that step.

const REPLAY_MS = 6000;
const SETTLE_MS = 400;
const PLAY = "M4 2.5v11l9-5.5z";
const PAUSE = "M4 2.5h3v11H4zM9 2.5h3v11H9z";

class Player {
  constructor(host, onFrame, onMove) {
    this.onFrame = onFrame;
    this.onMove = onMove;
    this.bar = element("div", "rx-player", host);
    this.button = element("button", "rx-play", this.bar);
    this.button.type = "button";
    this.icon = make("path", { d: PLAY }, make("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, this.button));
    this.back = this.stepper("One step back", "M10 3L5 8l5 5", -1);
    this.on = this.stepper("One step on", "M6 3l5 5l-5 5", 1);
    this.slider = element("input", "rx-slider", this.bar);
    Object.assign(this.slider, { type: "range", min: 0, step: 1 });
    this.slider.setAttribute("aria-label", "Step of the run");
    this.step = element("output", "rx-step", this.bar);
    this.fix = element("button", "rx-fix", this.bar, "Fixed axis");
    this.fix.type = "button";
    this.fix.title = "One scale for all steps, instead of each step's own";
    this.fix.onclick = () => this.hold(!this.fixed);
    this.nets = element("div", "rx-nets", this.bar);
    this.frame = 0;
    this.follow = true;
    this.told = [];
    this.bar.onkeydown = (event) => this.key(event);
    this.button.onclick = () => (this.timer ? this.halt() : this.play());
    this.slider.oninput = () => {
      this.pause();
      this.follow = Number(this.slider.value) === this.last;
      this.go(Number(this.slider.value));
      this.moved();
    };
    this.icons(false);
    this.fix.setAttribute("aria-pressed", "false");
  }

  stepper(name, shape, by) {
    const made = element("button", "rx-by", this.bar);
    made.type = "button";
    made.title = name;
    made.setAttribute("aria-label", name);
    make("path", { d: shape }, make("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, made));
    made.onclick = () => this.by(by);
    return made;
  }

  // So many steps on, or back.
  by(steps) {
    this.pause();
    this.go(Math.min(this.last, Math.max(0, this.frame + steps)));
    this.follow = this.frame === this.last;
    this.moved();
  }

  // The page is told where the slider stands, for its link, once it has come to rest.
  moved() {
    clearTimeout(this.later);
    if (!this.run.tells) return;
    const step = this.frame === this.run.ending ? 0 : this.run.steps[this.frame] + 1;
    this.later = setTimeout(() => this.tell(step), SETTLE_MS);
  }

  tell(step) {
    this.told.push(step);
    this.onMove(String(step));
  }

  // Whether the page itself has chosen another step, as undo does; what it was told comes back as an answer.
  sent(at) {
    const answer = this.told.indexOf(at);
    if (answer >= 0) this.told.splice(0, answer + 1);
    return answer < 0 && at !== this.run.at;
  }

  // The arrow keys step wherever the focus is in the bar; the slider knows more keys of its own.
  key(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by || event.target === this.slider || this.slider.disabled) return;
    this.by(by);
    event.preventDefault();
  }

  // Whether the axis is that of the whole run.
  get fixed() {
    return this.fix.getAttribute("aria-pressed") === "true";
  }

  hold(fixed) {
    this.fix.setAttribute("aria-pressed", fixed);
    this.onFrame(this.frame);
  }

  get last() {
    return Math.max(0, this.run.steps.length - 1);
  }

  // The frame to stand at as long as nobody moves the slider: the newest step, and of a run that is over, its opening.
  get standing() {
    return this.run.running ? this.last : this.run.opening;
  }

  // A run that is new, or has come further.
  set(run) {
    const same = this.run?.name === run.name && run.steps.length > 1 && run.steps.length >= this.run.steps.length;
    const fresh = !this.run || !same;
    const over = !fresh && this.run.running && !run.running;
    const led = fresh || this.sent(run.at);
    this.run = run;
    if (led) Object.assign(this, { follow: true, told: [] });
    if (led || !run.tells) clearTimeout(this.later);
    this.bar.classList.toggle("rx-still", Boolean(run.track.still));
    this.slider.max = this.last;
    for (const each of [this.slider, this.button, this.back, this.on]) each.disabled = run.steps.length < 2;
    const stands = led || ((run.running || over) && this.follow);
    this.go(stands && !this.timer ? this.standing : Math.min(this.frame, this.last));
    if (over && !this.follow) this.moved();
    if (run.plays && !this.timer && !still()) this.play();
  }

  go(frame) {
    this.frame = frame;
    this.slider.value = frame;
    this.slider.style.setProperty("--done", `${this.last ? (100 * frame) / this.last : 0}%`);
    const { steps } = this.run;
    const of = this.run.running ? "" : ` of ${steps[this.last] + 1}`;
    const words = steps.length ? `step ${steps[frame] + 1}${of}` : "no step yet";
    this.step.textContent = words;
    this.slider.setAttribute("aria-valuetext", words);
    this.readings();
    this.onFrame(frame);
  }

  readings() {
    this.nets.replaceChildren();
    for (const net of this.run.nets) {
      const at = this.run.place(net, this.frame);
      const line = element("div", `rx-net ${net.residual ? "residual" : "plain"}`, this.nets);
      const sample = make("svg", { viewBox: "0 0 26 8", width: 26, height: 8, "aria-hidden": "true" }, line);
      make("path", { d: "M1 4H25", "stroke-width": net.width }, sample);
      element("b", "", line, net.title);
      element("span", "", line, this.run.gone(net, this.frame) || `loss ${reading(net.loss[at])}`);
      element("span", "", line, at < 0 ? "" : `first / last ${reading(net.ratio[at])}`);
    }
  }

  play() {
    if (this.frame >= this.last || (this.follow && this.frame === this.run.ending)) this.go(0);
    const each = Math.min(200, Math.max(25, REPLAY_MS / (this.last + 1)));
    this.timer = setInterval(() => (this.frame < this.last ? this.go(this.frame + 1) : this.halt()), each);
    this.icons(true);
  }

  halt() {
    this.pause();
    this.moved();
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
    this.follow = this.frame === this.last;
    this.icons(false);
  }

  icons(playing) {
    this.icon.setAttribute("d", playing ? PAUSE : PLAY);
    this.button.setAttribute("aria-label", playing ? "Pause" : "Replay the run");
  }

  close() {
    clearInterval(this.timer);
    clearTimeout(this.later);
    this.bar.remove();
  }
}

function reading(value) {
  if (value === null || value === undefined) return "not finite";
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 1e5)) return value.toExponential(1);
  return size >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);
}
