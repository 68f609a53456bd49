// @ts-check
/** Where a small net and the losses of its race stand, in units of the drawing. */

import { line } from "./line.js";
import { LogScale } from "./scale.js";

/** @import { DoorData } from "../data.js" */

/** A place to draw in. @typedef {{ left: number, top: number, width: number, height: number }} Box */

/** With less room the losses stand under the net instead of beside it. */
const NARROW = 640;
const GAP = 32;
/** Over the net for its title and its arcs; at the chart's left for numbers, at its right for names, over and under it for words. */
const TITLE = 22;
const ARC = 26;
/** Of the largest map, at most: in pixels, or this share of a higher picture. */
const TALLEST = 150;
const TALL = 0.45;
const SIDE = 38;
const NAMES = 128;
const ABOVE = 26;
const BELOW = 22;
/** Between two names at least. */
const APART = 38;
/** A name's two lines need so much around its place. */
const HALF = 17;

/**
 * The places of the net and of the losses.
 * @param {number} width
 * @param {number} height
 * @returns {{ net: Box, losses: Box }}
 */
export function places(width, height) {
  if (width < NARROW) {
    const tall = Math.round(height * 0.34);
    return {
      net: { left: 0, top: 0, width, height: tall },
      losses: { left: 0, top: tall + 8, width, height: height - tall - 8 },
    };
  }
  const half = Math.round((width - GAP) * 0.44);
  return {
    net: { left: 0, top: 0, width: half, height },
    losses: { left: half + GAP, top: 0, width: width - half - GAP, height },
  };
}

/**
 * The bars of the layers, all on one middle line, and over each block the path of its arc.
 * @param {Pick<DoorData, "bars" | "arcs">} data
 * @param {Box} box
 */
export function strip({ bars, arcs }, box) {
  const pitch = box.width / bars.length;
  const room = Math.max(0, box.height - TITLE - ARC);
  const tallest = Math.min(room, Math.max(TALLEST, TALL * box.height));
  const middle = box.top + TITLE + ARC + room / 2;
  const drawn = bars.map(([share, shade], i) => {
    const height = share * tallest;
    return { x: box.left + i * pitch + pitch * 0.12, y: middle - height / 2, width: pitch * 0.76, height, shade };
  });
  const over = arcs.map(([first, last]) => {
    const foot = Math.min(...drawn.slice(first, last + 1).map((bar) => bar.y)) - 4;
    const [from, to] = [drawn[first].x, drawn[last].x + drawn[last].width];
    const top = foot - (ARC - 6) * (4 / 3);
    return `M${from.toFixed(1)} ${foot.toFixed(1)}C${from.toFixed(1)} ${top.toFixed(1)} ${to.toFixed(1)} ${top.toFixed(1)} ${to.toFixed(1)} ${foot.toFixed(1)}`;
  });
  return { bars: drawn, arcs: over };
}

/** The losses of a whole run: one scale from its first step to its last. */
export class Losses {
  /**
   * @param {Pick<DoorData, "nets" | "chance">} data
   * @param {Box} box
   */
  constructor({ nets, chance }, box) {
    const known = [chance, ...nets.flatMap((net) => net.loss)].filter((loss) => loss !== null && loss > 0);
    const numbers = /** @type {number[]} */ (known).map(Math.log10);
    this.box = box;
    this.count = Math.max(1, ...nets.map((net) => net.loss.length));
    this.left = box.left + SIDE;
    this.end = box.left + box.width - NAMES;
    this.top = box.top + ABOVE;
    this.foot = box.top + box.height - BELOW;
    this.scale = new LogScale(Math.min(...numbers) - 0.05, Math.max(...numbers) + 0.05, this.top, this.foot);
  }

  /** @param {number} step the first is 0 */
  x(step) {
    return this.left + (step / Math.max(1, this.count - 1)) * (this.end - this.left);
  }

  /** @param {number} loss */
  y(loss) {
    return this.scale.y(Math.log10(loss));
  }

  /** The powers of ten that lie in the scale. */
  get powers() {
    const { low, high } = this.scale;
    const first = Math.ceil(low);
    return Array.from({ length: Math.floor(high) - first + 1 }, (_, i) => first + i);
  }

  /**
   * The line of a net up to a step; it breaks where a loss is not finite.
   * @param {(number | null)[]} loss
   * @param {number} step
   */
  line(loss, step) {
    return line(
      loss.slice(0, step + 1).map((each, i) => (each !== null && each > 0 ? [this.x(i), this.y(each)] : null)),
    );
  }

  /**
   * Where the names of lines stand that end at these losses: beside their ends, and apart from each other.
   * @param {(number | null)[]} ends
   */
  names(ends) {
    const order = ends
      .map((loss, i) => ({ i, y: loss !== null && loss > 0 ? this.y(loss) : this.top }))
      .sort((a, b) => a.y - b.y);
    let free = this.top - ABOVE + HALF;
    for (const each of order) {
      each.y = Math.max(each.y, free);
      free = each.y + APART;
    }
    let most = this.foot + BELOW - HALF;
    for (const each of order.reverse()) {
      each.y = Math.min(each.y, most);
      most = each.y - APART;
    }
    return order.sort((a, b) => a.i - b.i).map((each) => each.y);
  }
}
