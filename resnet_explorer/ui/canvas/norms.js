// The row of gradient norms: one line a net, on the columns of the axis, from the data of all steps.

const ZERO = -32768;
const BROKEN = 32767;
const SCALE = 600; // steps of a factor of ten

function superscript(n) {
  return `10${String(n).replace("-", "⁻").replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit])}`;
}

function decode(text) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  return new Int16Array(bytes.buffer);
}

// What is known of a net's run, with what is new of it; null where a part between them is missing.
function joined(known, news) {
  const values = decode(news.norms);
  const first = news.from ?? 0;
  if (!first) return { ...known, ...news, values };
  if (known.steps.length < first) return null;
  const kept = known.values.subarray(0, first * known.columns);
  const all = new Int16Array(kept.length + values.length);
  all.set(kept);
  all.set(values, kept.length);
  const part = (name) => [...known[name].slice(0, first), ...news[name]];
  return { ...known, ended: news.ended, steps: part("steps"), loss: part("loss"), ratio: part("ratio"), values: all };
}

// A run as it is drawn: for each net its steps, and which of them to show at a given step.
class Run {
  constructor(data) {
    this.running = data.running;
    this.plays = data.plays;
    this.at = data.at;
    this.name = data.name;
    this.tells = data.tells && !data.running;
    this.nets = data.nets;
    this.last = data.last;
    this.chance = data.chance;
    const own = this.nets.map((net) => new Set(net.steps));
    const shown = (step) => this.nets.every((net, i) => own[i].has(step) || this.over(net, step));
    this.steps = [...new Set(this.nets.flatMap((net) => net.steps))].sort((a, b) => a - b).filter(shown);
    this.track = data.track;
    this.zeros = this.nets.some(({ values }) => values.includes(ZERO));
  }

  // Whether a step need not wait for a net: it has not begun, or it has ended before.
  over(net, step) {
    return !net.steps.length || ((net.ended || !this.running) && net.steps.at(-1) < step);
  }

  // Why a net is not drawn at a frame, if it is not.
  gone(net, frame) {
    if (!net.steps.length) return "no step yet";
    return this.place(net, frame) < 0 ? `ended at step ${net.steps.at(-1) + 1}` : "";
  }

  // The powers of ten between which the norms lie: at one frame, or, on a fixed axis, in the whole run.
  ends(frame, fixed) {
    if (fixed && this.whole) return this.whole;
    const shown = fixed ? this.nets.map((net) => net.values) : this.nets.map((net) => this.values(net, frame));
    let [low, high] = [Infinity, -Infinity];
    for (const values of shown)
      for (const value of values)
        if (value !== ZERO && value !== BROKEN) {
          if (value < low) low = value;
          if (value > high) high = value;
        }
    const bottom = low > high ? -3 : Math.floor(low / SCALE);
    const found = [bottom, Math.max(bottom + 1, low > high ? 1 : Math.ceil(high / SCALE))];
    if (fixed) this.whole = found;
    return found;
  }

  // The net's norms at a frame.
  values(net, frame) {
    const at = this.place(net, frame);
    return at < 0 ? [] : net.values.subarray(at * net.columns, (at + 1) * net.columns);
  }

  // Whether there is nothing of the net to draw at a frame, since nothing of it is a finite number.
  broken(net, frame) {
    return net.steps.length > 0 && this.values(net, frame).every((value) => value === BROKEN);
  }

  // The frame a finished run opens at: that of the step in the link, if there is one.
  get opening() {
    return this.at ? Math.max(0, this.steps.findLastIndex((step) => step < this.at)) : this.ending;
  }

  // The last frame at which there is something of every net to draw.
  get ending() {
    const last = Math.max(0, this.steps.length - 1);
    let at = last;
    while (at >= 0 && this.nets.some((net) => this.broken(net, at))) at--;
    return at < 0 ? last : at;
  }

  // Why there is nothing to draw at a frame, of these nets; no words where there is something.
  empty(nets, frame) {
    const broken = (at) => nets.every((net) => this.broken(net, at));
    if (!this.steps.length || !broken(frame)) return "";
    while (frame > 0 && broken(frame - 1)) frame--;
    if (nets.every((net) => this.gone(net, frame))) return this.gone(nets[0], frame);
    return this.track.still ? this.track.none : `${this.track.none} from step ${this.steps[frame] + 1}`;
  }

  // The net's own place in its steps at a frame; -1 where it has ended before, or not begun.
  place(net, frame) {
    return net.steps.indexOf(this.steps[frame]);
  }
}

class Norms {
  constructor(figure) {
    this.figure = figure;
    const { top, height } = figure.data.norms;
    this.top = top;
    this.height = height;
    this.group = make("g", { class: "norms" }, figure.svg);
    this.frame = 0;
  }

  set(run, frame, fixed) {
    const [low, high] = run.ends(frame, fixed);
    const redraw = run !== this.run || low !== this.low || high !== this.high;
    Object.assign(this, { run, frame, low, high });
    if (redraw) this.draw();
    else this.lines();
  }

  get foot() {
    return this.top + this.height - (this.run?.zeros ? 18 : 0);
  }

  y(value) {
    const { low, high } = this;
    return this.foot - ((value / SCALE - low) / (high - low)) * (this.foot - this.top);
  }

  x(i) {
    return this.figure.columns.middle(i) * this.figure.ratio;
  }

  // Scale, grid and labels; the lines follow.
  draw() {
    const { group, figure, run } = this;
    if (!run || !figure.ratio) return;
    group.replaceChildren();
    group.setAttribute("transform", `translate(${figure.left} 0)`);
    const narrow = figure.svg.classList.contains("narrow");
    const title = narrow ? [figure.scroll.scrollLeft, this.top - 17] : [-figure.left, this.top + 10];
    make("text", { x: title[0], y: title[1], class: "name" }, group).textContent = run.track.title;
    if (!narrow) make("text", { x: -figure.left, y: this.top + 26, class: "m" }, group).textContent = run.track.unit;
    const every = Math.ceil((this.high - this.low) / 7);
    for (let n = this.low; n <= this.high; n += every) this.tick(this.y(n * SCALE), superscript(n), narrow);
    if (run.zeros) this.tick(this.top + this.height, "0", narrow);
    this.parts = figure.data.nets.map((index) => {
      const kind = run.nets[index].residual ? "residual" : "plain";
      const part = (css, more = {}) => make("path", { class: `${css} ${kind}`, ...more }, group);
      return { index, line: part("trace", { "stroke-width": run.nets[index].width }), dots: part("dots"), zeros: part("none") };
    });
    this.marks = make("g", {}, group);
    this.note = make("text", { x: figure.plotWidth / 2, y: this.top + this.height / 2, class: "mid m halo" }, group);
    this.lines();
  }

  tick(y, words, narrow) {
    make("path", { class: "rule", d: `M0 ${y}H${this.figure.plotWidth}` }, this.group);
    const place = narrow ? { x: 2, y: y - 3, class: "m s halo" } : { x: -8, y: y + 4, class: "m s end" };
    make("text", place, this.group).textContent = words;
  }

  lines() {
    if (!this.parts) return;
    const { run, frame } = this;
    this.note.textContent = run.steps.length ? run.empty(this.parts.map(({ index }) => run.nets[index]), frame) : run.track.note;
    for (const part of this.parts) {
      const net = this.run.nets[part.index];
      this.line(part, this.run.values(net, this.frame), net.residual);
    }
    if (this.figure.at !== null) this.mark(this.figure.at);
  }

  line(part, values, residual) {
    const dotted = this.figure.columns.narrowest * this.figure.ratio >= 7;
    const floor = this.top + this.height;
    let [line, dots, zeros, pen] = ["", "", "", "M"];
    values.forEach((value, i) => {
      const x = this.x(i).toFixed(1);
      if (value === ZERO || value === BROKEN) {
        pen = "M";
        if (value === ZERO) zeros += this.ring(x, floor, 3);
        return;
      }
      const y = this.y(value).toFixed(1);
      line += `${pen}${x} ${y}`;
      pen = "L";
      if (dotted) dots += residual ? `M${x} ${y}h0` : `M${x} ${y}m-2.5 -2.5h5v5h-5z`;
    });
    part.line.setAttribute("d", line);
    part.dots.setAttribute("d", dots);
    part.zeros.setAttribute("d", zeros);
  }

  ring(x, y, r) {
    return `M${x} ${y}m-${r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 -${2 * r} 0`;
  }

  value(index, i) {
    return this.run.values(this.run.nets[index], this.frame)[i];
  }

  mark(i) {
    if (!this.marks) return;
    this.marks.replaceChildren();
    for (const { index } of i === null ? [] : this.parts) {
      const value = this.value(index, i);
      if (value === undefined || value === BROKEN) continue;
      const y = value === ZERO ? this.top + this.height : this.y(value);
      const kind = this.run.nets[index].residual ? "residual" : "plain";
      make("circle", { class: `pick ${kind}`, cx: this.x(i), cy: y, r: 4.5 }, this.marks);
    }
  }

  rows(i) {
    if (!this.run) return [];
    return this.figure.data.nets.map((index) => {
      const net = this.run.nets[index];
      const value = this.value(index, i);
      const name = `${this.run.track.short}, ${net.title}`;
      if (value === undefined) return [name, this.run.gone(net, this.frame)];
      const words = value === ZERO ? "0" : value === BROKEN ? this.run.track.none : (10 ** (value / SCALE)).toExponential(2);
      return [name, words, net.residual ? "residual" : "plain"];
    });
  }
}
