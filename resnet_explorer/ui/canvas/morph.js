// From one layer axis to the next: columns that persist move and change size, new ones grow in, gone ones fade.
//
// Hundreds of bars move at once. What is animated are geometry, fill and stroke, which are painted together: an
// animated transform or opacity would give each bar a layer of its own.

const EASE = { duration: MOVE_MS, easing: "cubic-bezier(.65, 0, .35, 1)" };
const TRACK_BAR = /M(-?[\d.]+) (-?[\d.]+)h(-?[\d.]+)v(-?[\d.]+)h/g;
const ARC = /M(-?[\d.]+) (-?[\d.]+)C\S+ (-?[\d.]+) (-?[\d.]+) /
const FADING = ".brace, .dot, .line, .area, .whole, .rule, .over, .side, .at";

// What stands where, in pixels of the figure; by name, so that it is found again in the next figure.
function geometry(figure) {
  const { data, left, ratio } = figure;
  const across = ({ x, width, ...rest }) => ({ ...rest, x: left + x * ratio, width: width * ratio });
  const named = (boxes) => new Map(boxes.map((box) => [box.key, across(box)]));
  const columns = data.items.map((item, i) => across({ key: item[0], x: figure.columns.left(i), width: figure.columns.width(i) }));
  return {
    columns,
    places: new Map(columns.map((column, i) => [column.key, i])),
    bars: named(bars(figure)),
    tracks: named(trackBars(figure)),
    arcs: named(arcs(figure)),
    stages: new Map(stages(figure).map((each) => [each.key, each.x])),
    words: new Set([...figure.svg.querySelectorAll(FADING)].map((node) => node.outerHTML)),
  };
}

function bars(figure) {
  return [...figure.plot.querySelectorAll("rect[data-i]")].map((node) => {
    const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => Number(node.getAttribute(name)));
    const { fill, fillOpacity } = getComputedStyle(node);
    const column = figure.data.items[node.dataset.i][0];
    return { key: column, column, node, css: node.classList[0], x, y, width, height, fill, fillOpacity };
  });
}

// The bars of the tracks, which are drawn as one path a track.
function trackBars(figure) {
  const { data } = figure;
  return [...figure.plot.querySelectorAll("path.bar, path.extra")].flatMap((path) => {
    const css = path.getAttribute("class");
    return [...path.getAttribute("d").matchAll(TRACK_BAR)].map((match) => {
      const [x, foot, width, up] = match.slice(1).map(Number);
      const track = data.tracks.find(({ top }) => foot > top && foot <= top + data.row + 1);
      const column = data.items[figure.columns.at(x + width / 2)][0];
      return { key: `${track?.name} ${css} ${column}`, column, path, css, x, y: foot + up, width, height: -up };
    });
  });
}

// A shortcut's arc; its height is that of the handles of its curve.
function arcs(figure) {
  const seen = {};
  return [...figure.plot.querySelectorAll(".arc[data-block]")].map((node) => {
    const [x, foot, top, right] = node.getAttribute("d").match(ARC).slice(1).map(Number);
    const { block } = node.dataset;
    seen[block] = (seen[block] ?? 0) + 1;
    return { key: `${block} ${seen[block]}`, node, css: node.getAttribute("class"), x, y: top, width: right - x, height: foot - top };
  });
}

function curve({ x, y, width, height }) {
  const [foot, right] = [y + height, x + width];
  return `M${x} ${foot}C${x} ${y} ${right} ${y} ${right} ${foot}`;
}

function stages(figure) {
  return [...figure.svg.querySelectorAll(".stage:not([visibility])")].map((node) => ({
    key: node.querySelector("text").textContent,
    node,
    x: Number(node.getAttribute("transform").match(/-?[\d.]+/)[0]),
  }));
}

class Morph {
  constructor(before, figure) {
    this.before = before;
    this.figure = figure;
    this.now = geometry(figure);
    this.shared = this.now.columns.some(({ key }) => before.places.has(key));
    this.ghosts = make("g", {}, figure.plot);
    this.running = [];
    this.net();
    this.tracks();
    this.shortcuts();
    this.words();
    Promise.allSettled(this.running.map((each) => each.finished)).then(() => this.end());
  }

  run(node, from, to) {
    const frames = Object.fromEntries(Object.keys(from).map((name) => [name, [from[name], to[name]]]));
    this.running.push(node.animate(frames, { ...EASE, fill: "both" }));
  }

  move(node, from, to, style = {}, last = {}) {
    const place = ({ x, y, width, height }) => ({ x: `${x}px`, y: `${y}px`, width: `${width}px`, height: `${height}px` });
    this.run(node, { ...place(from), ...style }, { ...place(to), ...last });
  }

  // A box of the figure before, in the coordinates of this one's plot.
  here(box) {
    const { left, ratio } = this.figure;
    return { ...box, x: (box.x - left) / ratio, width: box.width / ratio };
  }

  // The line from which a new bar grows, or into which a gone one shrinks: in the figure that does not have it, behind
  // the last column before it that both have.
  line(box, mine, other) {
    if (!this.shared) return { ...box, x: box.x + box.width / 2, width: 0 };
    let x = other.columns[0].x;
    for (let i = mine.places.get(box.column); i >= 0; i--) {
      const found = other.columns[other.places.get(mine.columns[i].key)];
      if (!found) continue;
      x = found.x + found.width;
      break;
    }
    return { ...box, x: (x - this.figure.left) / this.figure.ratio, width: 0 };
  }

  net() {
    for (const each of this.now.bars.values()) {
      const [box, old] = [this.here(each), this.before.bars.get(each.key)];
      const { fill, fillOpacity } = box;
      if (old) this.move(box.node, this.here(old), box, { fill: old.fill, fillOpacity: old.fillOpacity }, { fill, fillOpacity });
      else this.move(box.node, this.line(box, this.now, this.before), box, { fillOpacity: 0 }, { fillOpacity });
    }
    for (const [key, box] of this.before.bars) if (!this.now.bars.has(key)) this.leave(this.here(box));
  }

  tracks() {
    this.paths = new Set();
    for (const each of this.now.tracks.values()) {
      const [box, old] = [this.here(each), this.before.tracks.get(each.key)];
      this.paths.add(box.path);
      this.move(make("rect", { class: box.css }, this.ghosts), old ? this.here(old) : this.line(box, this.now, this.before), box);
    }
    for (const path of this.paths) path.setAttribute("visibility", "hidden");
    for (const [key, box] of this.before.tracks) if (!this.now.tracks.has(key)) this.leave(this.here(box));
  }

  leave(box) {
    const node = make("rect", { class: box.css }, this.ghosts);
    this.move(node, box, this.line(box, this.before, this.now), { fillOpacity: box.fillOpacity ?? 1 }, { fillOpacity: 0 });
  }

  shortcuts() {
    const path = (box) => `path("${curve(box)}")`;
    const flat = (box) => ({ ...box, y: box.y + box.height, height: 0 });
    for (const each of this.now.arcs.values()) {
      const [box, old] = [this.here(each), this.before.arcs.get(each.key)];
      if (old) this.run(box.node, { d: path(this.here(old)) }, { d: path(box) });
      else this.run(box.node, { d: path(flat(box)), strokeOpacity: 0 }, { d: path(box), strokeOpacity: 1 });
    }
    for (const [key, each] of this.before.arcs) {
      if (this.now.arcs.has(key)) continue;
      const box = this.here(each);
      this.run(make("path", { class: box.css, d: curve(box) }, this.ghosts), { strokeOpacity: 1 }, { strokeOpacity: 0 });
    }
  }

  words() {
    for (const { key, node, x } of stages(this.figure)) {
      const old = this.before.stages.get(key);
      if (old === undefined) this.run(node, { opacity: 0 }, { opacity: 1 });
      else if (old !== x) this.run(node, { transform: `translate(${old}px, 0)` }, { transform: `translate(${x}px, 0)` });
    }
    for (const node of this.figure.svg.querySelectorAll(FADING))
      if (!this.before.words.has(node.outerHTML)) this.run(node, { opacity: 0 }, { opacity: 1 });
  }

  end() {
    for (const each of this.running) each.cancel();
    this.ghosts.remove();
    for (const path of this.paths) path.removeAttribute("visibility");
  }
}
