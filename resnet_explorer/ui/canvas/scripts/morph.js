// @ts-check
import { all, make, part } from "./dom.js";
import { MOVE_MS } from "./motion.js";
import { arc, arcBox, flat, inFigure, inPlot, seam, trackBars } from "./pure/passage.js";

/** @import { Axis } from "./axis.js" */
/** @import { AxisFit } from "./pure/fit.js" */
/** @import { Box } from "./pure/marks.js" */
/** @import { Standing } from "./pure/passage.js" */

/** A box that is found again in the next figure by its key; it belongs to a column. @typedef {Box & { key: string, css: string, column: string, node: SVGElement }} Named */

/** A bar of the net, with how it is filled. @typedef {Named & { fill: string, fillOpacity: string }} Bar */

/** What stands where in a figure, in its pixels, by key.
 *
 * @typedef {Standing & {
 *   bars: Map<string, Bar>,
 *   tracks: Map<string, Named>,
 *   arcs: Map<string, Named>,
 *   stages: Map<string, number>,
 *   words: Set<string>,
 * }} Geometry
 */

const EASE = { duration: MOVE_MS, easing: "cubic-bezier(.65, 0, .35, 1)" };
const FADING = ".brace, .dot, .line, .lines, .fine, .area, .whole, .rule, .over, .side, .at";

/**
 * What stands where; by name, so that it is found again in the next figure.
 * @param {Axis} axis
 * @param {AxisFit} fit
 * @returns {Geometry}
 */
export function geometry(axis, fit) {
  const { data, columns, svg } = axis;
  const standing = data.items.map(([key], i) => inFigure({ key, x: columns.left(i), width: columns.width(i) }, fit));
  const named = (/** @type {Named[]} */ boxes) => new Map(boxes.map((box) => [box.key, inFigure(box, fit)]));
  return {
    columns: standing,
    places: new Map(standing.map(({ key }, i) => [key, i])),
    bars: new Map(bars(axis).map((bar) => [bar.key, inFigure(bar, fit)])),
    tracks: named(tracks(axis)),
    arcs: named(arcs(axis)),
    stages: new Map(stages(axis).map(({ key, x }) => [key, x])),
    words: new Set(all(svg, FADING).map((node) => node.outerHTML)),
  };
}

/**
 * The bars of the net.
 * @param {Axis} axis
 * @returns {Bar[]}
 */
function bars({ plot, data }) {
  return all(plot, "rect[data-i]").map((node) => {
    const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => Number(node.getAttribute(name)));
    const { fill, fillOpacity } = getComputedStyle(node);
    const column = data.items[Number(node.dataset.i)][0];
    return { key: column, column, node, css: node.classList[0], x, y, width, height, fill, fillOpacity };
  });
}

/**
 * The bars of the tracks; those of a track share a node.
 * @param {Axis} axis
 * @returns {Named[]}
 */
function tracks({ plot, data, columns }) {
  return all(plot, "path.bar:not(.lines), path.extra").flatMap((node) => {
    const css = node.getAttribute("class") ?? "";
    return trackBars(node.getAttribute("d") ?? "").map((box) => {
      const foot = box.y + box.height;
      const track = data.tracks.find(({ top }) => foot > top && foot <= top + data.row + 1);
      const column = data.items[columns.at(box.x + box.width / 2)][0];
      return { key: `${track?.name} ${css} ${column}`, column, node, css, ...box };
    });
  });
}

/**
 * The shortcuts.
 * @param {Axis} axis
 * @returns {Named[]}
 */
function arcs({ plot }) {
  return all(plot, ".arc[data-block]").map((node) => {
    const css = node.getAttribute("class") ?? "";
    return { key: node.dataset.block ?? "", column: "", node, css, ...arcBox(node.getAttribute("d") ?? "") };
  });
}

/** @param {Axis} axis */
function stages({ svg }) {
  return all(svg, ".stage:not([visibility])").map((node) => ({
    key: part(node, "text").textContent ?? "",
    node,
    x: Number.parseFloat((node.getAttribute("transform") ?? "").replace("translate(", "")),
  }));
}

/**
 * From one layer axis to the next: columns that persist move and change size, new ones grow in, gone ones fade.
 *
 * Hundreds of bars move at once. What is animated are geometry, fill and stroke, which are painted together: an
 * animated transform or opacity would give each bar a layer of its own.
 */
export class Morph {
  /**
   * @param {Geometry} before
   * @param {Axis} axis
   * @param {AxisFit} fit
   */
  constructor(before, axis, fit) {
    this.before = before;
    this.axis = axis;
    this.fit = fit;
    this.now = geometry(axis, fit);
    this.shared = this.now.columns.some(({ key }) => before.places.has(key));
    this.ghosts = make("g", {}, axis.plot);
    /** The paths of tracks, which are hidden while their bars move. */
    this.paths = new Set([...this.now.tracks.values()].map(({ node }) => node));
    /** @type {Animation[]} */
    this.running = [];
    this.net();
    this.tracks();
    this.shortcuts();
    this.words();
    Promise.allSettled(this.running.map((each) => each.finished)).then(() => this.end());
  }

  /**
   * @param {Element} node
   * @param {Record<string, string | number>} from
   * @param {Record<string, string | number>} to
   */
  run(node, from, to) {
    const frames = Object.fromEntries(Object.keys(from).map((name) => [name, [from[name], to[name]]]));
    this.running.push(node.animate(/** @type {PropertyIndexedKeyframes} */ (frames), { ...EASE, fill: "both" }));
  }

  /**
   * @param {Element} node
   * @param {Box} from
   * @param {Box} to
   * @param {Record<string, string | number>} style
   * @param {Record<string, string | number>} last
   */
  move(node, from, to, style = {}, last = {}) {
    this.run(node, { ...placed(from), ...style }, { ...placed(to), ...last });
  }

  /**
   * The line from which a new bar grows, or into which a gone one shrinks.
   * @param {Box & { column: string }} box in the plot of this figure
   * @param {Standing} mine the columns that it is one of
   * @param {Standing} other the columns that lack it
   */
  line(box, mine, other) {
    const x = this.shared ? this.fit.unit(seam(box.column, mine, other)) : box.x + box.width / 2;
    return { ...box, x, width: 0 };
  }

  net() {
    const { before, now, fit } = this;
    for (const each of now.bars.values()) {
      const [box, old] = [inPlot(each, fit), before.bars.get(each.key)];
      const { fill, fillOpacity } = box;
      if (old) {
        const style = { fill: old.fill, fillOpacity: old.fillOpacity };
        this.move(box.node, inPlot(old, fit), box, style, { fill, fillOpacity });
      } else this.move(box.node, this.line(box, now, before), box, { fillOpacity: 0 }, { fillOpacity });
    }
    for (const [key, bar] of before.bars) if (!now.bars.has(key)) this.leave(inPlot(bar, fit), bar.fillOpacity);
  }

  tracks() {
    const { before, now, fit } = this;
    for (const each of now.tracks.values()) {
      const [box, old] = [inPlot(each, fit), before.tracks.get(each.key)];
      const from = old ? inPlot(old, fit) : this.line(box, now, before);
      this.move(make("rect", { class: box.css }, this.ghosts), from, box);
    }
    for (const path of this.paths) path.setAttribute("visibility", "hidden");
    for (const [key, box] of before.tracks) if (!now.tracks.has(key)) this.leave(inPlot(box, fit), 1);
  }

  /**
   * @param {Named} box
   * @param {string | number} fillOpacity
   */
  leave(box, fillOpacity) {
    const node = make("rect", { class: box.css }, this.ghosts);
    this.move(node, box, this.line(box, this.before, this.now), { fillOpacity }, { fillOpacity: 0 });
  }

  shortcuts() {
    const { before, now, fit } = this;
    const path = (/** @type {Box} */ box) => `path("${arc(box)}")`;
    for (const each of now.arcs.values()) {
      const [box, old] = [inPlot(each, fit), before.arcs.get(each.key)];
      if (old) this.run(box.node, { d: path(inPlot(old, fit)) }, { d: path(box) });
      else this.run(box.node, { d: path(flat(box)), strokeOpacity: 0 }, { d: path(box), strokeOpacity: 1 });
    }
    for (const [key, gone] of before.arcs)
      if (!now.arcs.has(key)) {
        const ghost = make("path", { class: gone.css, d: arc(inPlot(gone, fit)) }, this.ghosts);
        this.run(ghost, { strokeOpacity: 1 }, { strokeOpacity: 0 });
      }
  }

  words() {
    const { before, axis } = this;
    for (const { key, node, x } of stages(axis)) {
      const old = before.stages.get(key);
      if (old === undefined) this.run(node, { opacity: 0 }, { opacity: 1 });
      else if (old !== x)
        this.run(node, { transform: `translate(${old}px, 0)` }, { transform: `translate(${x}px, 0)` });
    }
    for (const node of all(axis.svg, FADING))
      if (!before.words.has(node.outerHTML)) this.run(node, { opacity: 0 }, { opacity: 1 });
  }

  end() {
    for (const each of this.running) each.cancel();
    this.ghosts.remove();
    for (const path of this.paths) path.removeAttribute("visibility");
  }
}

/**
 * A box as it is animated.
 * @param {Box} box
 */
function placed({ x, y, width, height }) {
  return { x: `${x}px`, y: `${y}px`, width: `${width}px`, height: `${height}px` };
}
