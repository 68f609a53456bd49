// Loss and first/last ratio against the step, while a run goes on. A finished run has its charts on the page.

const CHART = { height: 230, left: 46, right: 10, top: 30, foot: 36 };

class Curves {
  constructor(host) {
    this.box = element("div", "rx-curves", host);
    this.charts = [
      new Curve(this.box, "training loss, nats (log)", "loss", (run) => run.chance),
      new Curve(this.box, "first / last gradient norm (log)", "ratio", () => 1),
    ];
    this.words = element("p", "rx-words", this.box);
  }

  set(run) {
    this.box.hidden = !(run.running && run.last && run.steps.length);
    this.run = run;
    this.words.textContent = run.words ?? "";
    if (!this.box.hidden) for (const chart of this.charts) chart.set(run);
  }

  mark(frame) {
    if (!this.box.hidden && this.run) for (const chart of this.charts) chart.mark(this.run.steps[frame]);
  }

  fit() {
    if (!this.box.hidden && this.run) for (const chart of this.charts) chart.set(this.run);
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
  }

  set(run) {
    const width = this.svg.getBoundingClientRect().width || 300;
    const { height, left, right, top, foot } = CHART;
    const rule = this.rule(run);
    const shown = run.nets.flatMap((net) => net[this.name]).filter((value) => value > 0);
    const logs = [...shown, rule].filter((value) => value > 0).map(Math.log10);
    const low = Math.floor(Math.min(...logs));
    const high = Math.max(low + 1, Math.ceil(Math.max(...logs)));
    this.x = (step) => left + (step / Math.max(1, run.last - 1)) * (width - left - right);
    this.y = (value) => top + ((high - Math.log10(value)) / (high - low)) * (height - top - foot);
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.setAttribute("aria-label", this.words(run));
    this.svg.replaceChildren();
    this.axes(run, low, high, width);
    if (rule > 0) make("path", { class: "rule dotted", d: `M${left} ${this.y(rule)}H${width - right}` }, this.svg);
    for (const net of run.nets)
      make("path", { class: `trace ${net.residual ? "residual" : "plain"}`, d: this.line(net) }, this.svg);
    this.cursor = make("path", { class: "cursor" }, this.svg);
  }

  axes(run, low, high, width) {
    const { height, left, right, top, foot } = CHART;
    make("text", { x: 0, y: 14, class: "name" }, this.svg).textContent = this.title;
    const every = Math.ceil((high - low) / 6);
    for (let n = low; n <= high; n += every) {
      const y = this.y(10 ** n);
      make("path", { class: "rule", d: `M${left} ${y}H${width - right}` }, this.svg);
      make("text", { x: left - 8, y: y + 4, class: "m s end" }, this.svg).textContent = superscript(n);
    }
    for (const step of [0, run.last - 1]) {
      const place = { x: this.x(step), y: height - foot + 17, class: step ? "m s end" : "m s" };
      make("text", place, this.svg).textContent = step ? `step ${step + 1}` : "1";
    }
    make("path", { class: "rule", d: `M${left} ${top}V${height - foot}` }, this.svg);
  }

  line(net) {
    let pen = "M";
    return net.steps
      .map((step, i) => {
        const value = net[this.name][i];
        if (!(value > 0)) {
          pen = "M";
          return "";
        }
        const drawn = `${pen}${this.x(step).toFixed(1)} ${this.y(value).toFixed(1)}`;
        pen = "L";
        return drawn;
      })
      .join("");
  }

  mark(step) {
    if (!this.cursor || step === undefined) return;
    this.cursor.setAttribute("d", `M${this.x(step)} ${CHART.top}V${CHART.height - CHART.foot}`);
  }

  words(run) {
    const ends = run.nets.map((net) => `${net.title} ${reading(net[this.name].at(-1) ?? null)}`);
    return `${this.title}: now ${ends.join(", ")}.`;
  }
}
