// @ts-check
/** Where everything of a race stands in its frame, in units of the drawing. */

import { LogScale } from "./scale.js";

/** @typedef {{ top: number, foot: number }} Band */

/** Page and room: in a lower frame, as on a wall where units are large, everything stands closer. Of the height that is
 * left, the losses and the net have those shares: on a wall the losses have nearly half. */
const PAGE = { size: 1.2, cap: 14, gap: 17, big: 38, losses: 0.36, net: 0.15 };
const CLOSE = { size: 1, cap: 6, gap: 12, big: 25, losses: 0.46, net: 0.125 };
/** On a phone. */
const SMALL_SIZE = 1.1;
/** A lower drawing is close; in a narrower one what stands beside stands above. */
const LOW = 400;
const NARROW = 560;
/** At the left of the plot for numbers, and for names; at its right. */
const NUMBERS = 52;
const NAMES = 176;
const RIGHT = 10;
/** Of a narrow drawing: for the two losses, and over each row for its name. */
const LOSSES = 52;
const NAMED = 22;
/** Between the words under the losses and the name of the net, where that stands above it. */
const APART = 8;
/** Under the losses and under the last row, for words. */
const WORDS = 19;

/** The scale of the losses, in nats, the same for every run. */
const LOSS = { low: -2.3, high: 1 };

/** A scale that ends: what is beyond stands at its end. */
export class ClippedScale extends LogScale {
  /** @param {number} exponent */
  y(exponent) {
    return super.y(Math.min(this.high, Math.max(this.low, exponent)));
  }

  /** The powers of ten in it. */
  get powers() {
    const first = Math.ceil(this.low);
    return Array.from({ length: Math.floor(this.high) - first + 1 }, (_, i) => first + i);
  }
}

/** The places of a frame. */
export class Places {
  /**
   * @param {number} width in pixels of designed size
   * @param {number} height likewise
   */
  constructor(width, height) {
    const set = height < LOW ? CLOSE : PAGE;
    /** Pixels of designed size for a unit. */
    this.size = width / set.size < NARROW ? Math.min(SMALL_SIZE, set.size) : set.size;
    this.width = width / this.size;
    this.height = height / this.size;
    this.narrow = this.width < NARROW;
    this.big = this.narrow ? CLOSE.big : set.big;
    this.names = this.narrow ? 0 : NAMES;
    this.left = this.names + NUMBERS;
    this.right = this.width - RIGHT;
    const over = this.narrow ? NAMED : 0;
    const apart = this.narrow ? APART : 0;
    const top = this.narrow ? LOSSES + 6 : set.cap;
    const free = this.height - top - 2 * WORDS - 3 * set.gap - 2 * over - apart;
    const tall = Math.round(set.losses * free);
    const net = Math.round(set.net * free);
    const row = Math.floor((free - tall - net) / 2);
    /** @type {Band} */
    this.loss = band(top, tall);
    /** @type {Band} */
    this.net = band(this.loss.foot + WORDS + set.gap + apart, net);
    const first = band(this.net.foot + set.gap + over, row);
    /** @type {Band[]} */
    this.rows = [first, band(first.foot + set.gap + over, row)];
    this.scale = new ClippedScale(LOSS.low, LOSS.high, this.loss.top, this.loss.foot);
  }

  /**
   * Where a step stands; the first is 0.
   * @param {number} step
   * @param {number} count of steps
   */
  x(step, count) {
    return this.left + (step / Math.max(1, count - 1)) * (this.right - this.left);
  }

  /**
   * The step there.
   * @param {number} x
   * @param {number} count
   */
  step(x, count) {
    const part = (x - this.left) / (this.right - this.left);
    return Math.round(Math.min(1, Math.max(0, part)) * (count - 1));
  }

  /**
   * The middles of so many layers.
   * @param {number} count
   */
  middles(count) {
    const pitch = (this.right - this.left) / count;
    return Array.from({ length: count }, (_, i) => this.left + (i + 0.5) * pitch);
  }

  /**
   * The layer there, or null.
   * @param {number} x
   * @param {number} y
   * @param {number} count
   */
  layer(x, y, count) {
    if (y < this.net.top - WORDS || x < this.left || x >= this.right) return null;
    return Math.floor(((x - this.left) / (this.right - this.left)) * count);
  }
}

/**
 * @param {number} top
 * @param {number} height
 */
function band(top, height) {
  return { top, foot: top + height };
}
