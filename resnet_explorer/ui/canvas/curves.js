// Loss and first/last ratio against the step, while a run goes on. A finished run has its charts on the page.

const CHART = { height: 230, left: 46, right: 10, top: 30, foot: 36 };

class Curves {
  constructor(host) {
    this.box = element("div", "rx-curves", host);
    this.charts = [
      new Curve(this.box, "training loss, nats (log)", "loss", (run) => [run.chance, "chance"]),
      new Curve(this.box, "first / last gradient norm (log)", "ratio", () => [1, "balanced"]),
    ];
  }

  set(run) {
    this.box.hidden = !(run.running && run.last && run.steps.length);
    this.run = run;
    if (!this.box.hidden) for (const chart of this.charts) chart.set(run);
  }

  mark(frame) {
    if (!this.box.hidden && this.run) for (const chart of this.charts) chart.mark(this.run.steps[frame]);
  }

  fit() {
    if (!this.box.hidden && this.run) for (const chart of this.charts) chart.fit();
  }

  close() {
    this.box.remove();
  }
}

class Curve {
  constructor(host, title, name, rule) {
    this.title = title;
    this.name = name;
    this.rule = rule;
    this.svg = make("svg", { class: "rx rx-curve", role: "img", height: CHART.height }, host);
    this.grid = make("g", {}, this.svg);
    this.lines = make("g", {}, this.svg);
    this.cursor = make("path", { class: "cursor" }, this.svg);
    this.read = make("g", { class: "read" }, this.svg);
    this.svg.onpointermove = this.svg.onpointerdown = (event) => this.point(event);
    this.svg.onpointerleave = () => this.point(null);
    this.fit();
  }

  fit() {
    this.width = this.svg.getBoundingClientRect().width || 300;
    this.form = null;
    if (this.run) this.set(this.run);
  }

  set(run) {
    this.run = run;
    const [rule, name] = this.rule(run);
    let [least, most] = rule > 0 ? [rule, rule] : [Infinity, 0];
    for (const net of run.nets)
      for (const value of net[this.name])
        if (value > 0) [least, most] = [Math.min(least, value), Math.max(most, value)];
    if (!most) [least, most] = [1, 1];
    this.low = Math.floor(Math.log10(least));
    this.high = Math.max(this.low + 1, Math.ceil(Math.log10(most)));
    const form = [this.low, this.high, this.width, run.last, rule].join();
    if (form !== this.form) this.frame(rule, name);
    this.form = form;
    this.lines.replaceChildren();
    for (const net of run.nets)
      make("path", { class: `trace ${net.residual ? "residual" : "plain"}`, "stroke-width": net.width, d: this.line(net) }, this.lines);
    this.svg.setAttribute("aria-label", this.words());
    this.reading();
  }

  x(step) {
    return CHART.left + (step / Math.max(1, this.run.last - 1)) * (this.width - CHART.left - CHART.right);
  }

  y(value) {
    const room = CHART.height - CHART.top - CHART.foot;
    return CHART.top + ((this.high - Math.log10(value)) / (this.high - this.low)) * room;
  }

  // Axes, grid and labels: only where the scale has changed.
  frame(rule, name) {
    const { height, left, right, top, foot } = CHART;
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${height}`);
    this.grid.replaceChildren();
    const end = this.width - right;
    make("text", { x: 0, y: 14, class: "name" }, this.grid).textContent = this.title;
    const every = Math.ceil((this.high - this.low) / 6);
    for (let n = this.low; n <= this.high; n += every) {
      const y = this.y(10 ** n);
      make("path", { class: "rule", d: `M${left} ${y}H${end}` }, this.grid);
      make("text", { x: left - 8, y: y + 4, class: "m s end" }, this.grid).textContent = superscript(n);
    }
    for (const step of [0, this.run.last - 1]) {
      const place = { x: this.x(step), y: height - foot + 17, class: step ? "m s end" : "m s" };
      make("text", place, this.grid).textContent = step ? `step ${step + 1}` : "1";
    }
    make("path", { class: "rule", d: `M${left} ${top}V${height - foot}` }, this.grid);
    if (!(rule > 0)) return;
    make("path", { class: "rule dotted", d: `M${left} ${this.y(rule)}H${end}` }, this.grid);
    make("text", { x: end, y: this.y(rule) - 4, class: "m s end halo" }, this.grid).textContent = `${name}: ${reading(rule)}`;
  }

  line(net) {
    const values = net[this.name];
    let [drawn, pen] = ["", "M"];
    net.steps.forEach((step, i) => {
      if (values[i] > 0) {
        drawn += `${pen}${this.x(step).toFixed(1)} ${this.y(values[i]).toFixed(1)}`;
        pen = "L";
      } else pen = "M";
    });
    return drawn;
  }

  mark(step) {
    if (step === undefined) return;
    this.cursor.setAttribute("d", `M${this.x(step)} ${CHART.top}V${CHART.height - CHART.foot}`);
  }

  point(event) {
    this.at = event && event.clientX - this.svg.getBoundingClientRect().left;
    this.reading();
  }

  // The values at the step under the pointer.
  reading() {
    this.read.replaceChildren();
    const { left, right, top, height, foot } = CHART;
    if (typeof this.at !== "number" || this.at < left || this.at > this.width - right) return;
    const step = Math.round(((this.at - left) / (this.width - left - right)) * (this.run.last - 1));
    const x = this.x(step);
    make("path", { class: "cursor", d: `M${x} ${top}V${height - foot}` }, this.read);
    const words = [[`step ${step + 1}`, "m"]];
    for (const net of this.run.nets) {
      const i = net.steps.indexOf(step);
      if (i < 0) continue;
      const value = net[this.name][i];
      const kind = net.residual ? "residual" : "plain";
      words.push([`${net.title}: ${reading(value)}`, kind]);
      if (value > 0) make("circle", { class: `pick ${kind}`, cx: x, cy: this.y(value), r: 4 }, this.read);
    }
    const flip = x > this.width / 2;
    words.forEach(([text, css], i) => {
      const place = { x: x + (flip ? -9 : 9), y: top + 13 + 16 * i, class: `halo s ${css}${flip ? " end" : ""}` };
      make("text", place, this.read).textContent = text;
    });
  }

  words() {
    const ends = this.run.nets.map((net) => `${net.title} ${net.steps.length ? reading(net[this.name].at(-1)) : "no step yet"}`);
    return `${this.title}: now ${ends.join(", ")}.`;
  }
}
