// One drawing: fitted to its width, with hover, touch and keyboard.

const SVG = "http://www.w3.org/2000/svg";
const NARROW_PX = 620; // below, labels stand over their tracks instead of beside them
const WIDEST_BLOCK = 1.2; // a block is enlarged by no more
const LEAST_PITCH = 5; // narrower columns are not read any more: the figure scrolls in its own box

function make(name, attributes = {}, parent = null) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (parent) parent.append(made);
  return made;
}

function element(name, css, parent, text = "") {
  const made = document.createElement(name);
  made.className = css;
  made.textContent = text;
  parent.append(made);
  return made;
}

function rootScale() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1;
}

// Centres moved as little as needed, so that nothing overlaps and all stays between left and right, if it can.
function spread(centres, widths, left, right) {
  const placed = [...centres];
  let edge = left;
  placed.forEach((_, i) => {
    placed[i] = Math.max(placed[i], edge + widths[i] / 2);
    edge = placed[i] + widths[i] / 2;
  });
  edge = right;
  for (let i = placed.length - 1; i >= 0; i--) {
    placed[i] = Math.min(placed[i], edge - widths[i] / 2);
    edge = placed[i] - widths[i] / 2;
  }
  return placed;
}

// The labels without the spare ones that would touch a neighbour.
function withRoom(labels) {
  const touches = (a, b) => b && Math.abs(a.centre - b.centre) < (a.width + b.width) / 2;
  return labels.filter((one, i) => !one.spare || !(touches(one, labels[i - 1]) || touches(one, labels[i + 1])));
}

class Figure {
  constructor(host, data, onBlock, named) {
    this.data = data;
    this.onBlock = onBlock;
    this.axis = data.kind === "axis";
    this.box = element("div", `rx-figure rx-${data.kind}`, host);
    if (named) element("div", "rx-title", this.box, data.title);
    this.scroll = element("div", "rx-scroll", this.box);
    this.scroll.tabIndex = 0;
    this.scroll.setAttribute("role", "group");
    const ways = this.axis ? "Left and right go through the layers, up and down through the tracks" : "Arrow keys go through the operations";
    const keys = `${ways}${onBlock ? ", Enter opens a block, F folds or unfolds its stage" : ""}.`;
    this.scroll.setAttribute("aria-label", `${data.title}. ${keys}`);
    this.scroll.innerHTML = data.svg;
    this.svg = this.scroll.querySelector("svg");
    this.plot = this.svg.querySelector(".plot");
    this.tip = new Tip(this.box);
    this.at = null;
    if (this.axis) {
      this.columns = new Columns(data);
      this.band = make("rect", { class: "band", visibility: "hidden" });
      this.plot.prepend(this.band);
      this.lit = make("g", { class: "lit" }, this.plot);
      this.values = make("g", { class: "values" }, this.svg);
      if (data.norms) this.norms = new Norms(this);
    } else {
      this.frame = make("rect", { class: "frame", visibility: "hidden", rx: 4 }, this.svg);
    }
    this.listen();
    this.fit();
  }

  listen() {
    this.svg.onpointermove = (event) => this.show(this.find(event), event);
    this.svg.onpointerdown = (event) => this.show(this.find(event), event);
    this.svg.onpointerleave = (event) => event.pointerType === "mouse" && this.show(null);
    this.svg.onclick = (event) => this.open(this.find(event));
    this.scroll.onblur = () => this.show(null);
    this.scroll.onkeydown = (event) => this.key(event);
    this.scroll.onscroll = () => this.slide();
  }

  // ---- laying out ----

  fit() {
    this.k = rootScale();
    const room = this.scroll.clientWidth / this.k;
    if (!room) return;
    if (this.axis) this.fitAxis(room);
    else this.fitBlock(room);
    if (this.at !== null) this.show(this.at);
  }

  size(width, height, k) {
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.setAttribute("width", width * k);
    this.svg.setAttribute("height", height * k);
  }

  fitBlock(room) {
    this.k *= Math.min(WIDEST_BLOCK, room / this.data.width);
    this.size(this.data.width, this.data.height, this.k);
  }

  fitAxis(room) {
    const { data } = this;
    const least = this.columns.slots * LEAST_PITCH;
    const narrow = room < NARROW_PX || room - data.gutter - 8 < least;
    this.left = narrow ? 1 : data.gutter;
    this.plotWidth = Math.max(room - this.left - (narrow ? 2 : 8), least);
    const width = this.left + this.plotWidth + (narrow ? 1 : 8);
    this.ratio = this.plotWidth / data.plot;
    this.svg.classList.toggle("narrow", narrow);
    this.box.classList.toggle("rx-narrow", narrow);
    this.box.classList.toggle("rx-scrolls", width > room + 1);
    this.size(width, data.height, this.k);
    this.plot.setAttribute("transform", `translate(${this.left} 0) scale(${this.ratio} 1)`);
    for (const each of this.svg.querySelectorAll(".at")) this.move(each, this.left + Number(each.dataset.x) * this.ratio);
    this.fitLegend(narrow, width > room + 1);
    this.fitStages(width);
    this.slide();
    this.norms?.draw();
  }

  move(each, x) {
    each.setAttribute("transform", `translate(${x.toFixed(1)} 0)`);
  }

  // The two halves of the legend in one line, or one under the other.
  fitLegend(narrow, scrolls) {
    const ways = this.svg.querySelector(".ways");
    const { x, width } = ways.getBBox();
    const shades = this.svg.querySelector(".shades").getBBox().width;
    const under = narrow && (scrolls || shades + width + 16 > this.plotWidth);
    const at = under ? this.left - x : this.left + this.plotWidth - x - width;
    ways.setAttribute("transform", `translate(${at.toFixed(1)} ${under ? 15 : 0})`);
  }

  fitStages(width) {
    const labels = [...this.svg.querySelectorAll(".stage")].map((each) => ({
      each,
      centre: this.left + Number(each.dataset.x) * this.ratio,
      width: Number(each.dataset.w),
      spare: "spare" in each.dataset,
    }));
    const whole = withRoom(labels);
    const slim = withRoom(labels.map((one) => ({ ...one, width: Number(one.each.dataset.slim) })));
    const tight = slim.length > whole.length || whole.reduce((sum, one) => sum + one.width, 0) > width;
    const kept = tight ? slim : whole;
    this.svg.classList.toggle("slim", tight);
    for (const { each } of labels) each.setAttribute("visibility", "hidden");
    const places = spread(kept.map((one) => one.centre), kept.map((one) => one.width), 0, width);
    kept.forEach(({ each, centre }, i) => {
      each.removeAttribute("visibility");
      this.move(each, places[i]);
      const { brace } = this.data;
      each.querySelector("path").setAttribute("d", `M${centre - places[i]} ${brace}v5L0 ${brace + 10}`);
    });
  }

  // Labels over their tracks stay in sight while the figure scrolls in its box.
  slide() {
    const x = this.scroll.scrollLeft / (this.k || 1);
    for (const each of this.svg.querySelectorAll(".over")) this.move(each, x);
    const left = this.scroll.scrollWidth - this.scroll.clientWidth - this.scroll.scrollLeft;
    this.box.classList.toggle("rx-at-end", left < 4);
    this.box.classList.toggle("rx-at-start", this.scroll.scrollLeft < 4);
  }

  // A place of the drawing, in pixels of the figure.
  x(unit) {
    return this.left + unit * this.ratio;
  }

  // ---- pointing ----

  place(event) {
    const box = this.svg.getBoundingClientRect();
    return [(event.clientX - box.left) / this.k, (event.clientY - box.top) / this.k];
  }

  find(event) {
    const [x, y] = this.place(event);
    const { items } = this.data;
    if (this.axis) {
      const i = this.columns.at((x - this.left) / this.ratio);
      return i >= 0 && y > 24 ? i : null;
    }
    for (let i = items.length - 1; i >= 0; i--) {
      const [, , left, top, width, height] = items[i];
      if (x >= left - 3 && x <= left + width + 3 && y >= top && y <= top + height) return i;
    }
    return null;
  }

  key(event) {
    const last = this.data.items.length - 1;
    const now = this.at ?? -1;
    const moves = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: last };
    if (!this.axis) Object.assign(moves, { ArrowDown: now + 1, ArrowUp: now - 1 });
    if (event.key in moves) {
      this.show(Math.min(last, Math.max(0, moves[event.key])), null, true);
      this.reveal();
    } else if (event.key === "Enter") this.open(this.at);
    else if (event.key === "Escape") this.show(null);
    else return;
    event.preventDefault();
  }

  reveal() {
    if (!this.axis || this.at === null) return;
    const x = this.x(this.columns.middle(this.at)) * this.k;
    if (x < this.scroll.scrollLeft + 20 || x > this.scroll.scrollLeft + this.scroll.clientWidth - 20)
      this.scroll.scrollLeft = x - this.scroll.clientWidth / 2;
  }

  // The block that a click on that column opens, if any.
  opens(i) {
    return this.axis && this.onBlock && i !== null ? this.data.items[i][3] : null;
  }

  open(i) {
    const block = this.opens(i);
    if (block) this.onBlock(block);
  }

  show(i, event = null, aloud = false) {
    this.at = i;
    if (this.axis) light(this, i);
    else outline(this, i);
    this.svg.style.cursor = this.opens(i) ? "pointer" : "default";
    this.tip.show(this, i, event ? this.place(event)[1] : null, aloud);
  }

  close() {
    this.box.remove();
  }
}
