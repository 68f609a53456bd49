// @ts-check
/** Where everything of a race stands in its frame, in units of the drawing. */

import { LogScale } from "./scale.js";

/** @typedef {{ top: number, foot: number }} Band */

/** Pixels of designed size for a unit: on a page, and on a phone. On a wall it is one: there units are large. */
const PAGE_SIZE = 1.2;
const SMALL_SIZE = 1.1;
/** A lower drawing is on a wall; in a narrower one what stands beside stands above. */
const LOW = 400;
const NARROW = 560;
/** Of the height that words leave, on a page, and of the net and its rows, on a wall. */
const SHARES = { losses: 0.36, net: 0.15, wall: 0.2 };
/** Of the width of a wall, the plot of the losses; what is free at its left. */
const LOSSES_WIDE = 0.37;
const BETWEEN = 18;
/** Above all of it, unless names stand there; between one plot and the next. */
const CAP = 14;
const GAP = 17;
const CLOSE_GAP = 6;
/** A loss as a number: beside its plot, and above it. */
const BIG = 38;
const SMALL_BIG = 25;
/** At the left of the plot for numbers, and for names; at its right. */
const NUMBERS = 52;
const NAMES = 176;
const RIGHT = 10;
/** Over the losses for both numbers, and over each row for its name. */
const LOSSES = 58;
const NAMED = 20;
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

/** The places of a frame: on a page the losses stand over the net and its rows, on a wall, which is wide, beside them. */
export class Places {
  /**
   * @param {number} width in pixels of designed size
   * @param {number} height likewise
   */
  constructor(width, height) {
    const wall = height < LOW && width >= NARROW;
    const page = width / PAGE_SIZE < NARROW ? SMALL_SIZE : PAGE_SIZE;
    /** Pixels of designed size for a unit. */
    this.size = wall ? 1 : page;
    this.width = width / this.size;
    this.height = height / this.size;
    this.narrow = this.width < NARROW;
    /** Whether names stand over the plots instead of beside them. */
    this.over = wall || this.narrow;
    this.big = this.over ? SMALL_BIG : BIG;
    this.right = this.width - RIGHT;
    const begin = this.over ? NUMBERS : NAMES + NUMBERS;
    this.left = wall ? this.right - LOSSES_WIDE * this.width : begin;
    /** Where all that belongs to the losses begins. */
    this.begin = wall ? this.left - NUMBERS : 0;
    /** The net and its rows. */
    this.layers = wall ? { left: NUMBERS, right: this.begin - BETWEEN } : { left: this.left, right: this.right };
    /** @type {Band} */
    this.loss = wall ? band(LOSSES, this.height - LOSSES - WORDS) : this.above();
    /** @type {Band} */
    this.net = { top: 0, foot: 0 };
    /** @type {Band[]} */
    this.rows = [];
    if (wall) this.under(NAMED, CLOSE_GAP, SHARES.wall);
    else this.under(this.loss.foot + WORDS + GAP + (this.narrow ? APART : 0), GAP, SHARES.net / (1 - SHARES.losses));
    this.scale = new ClippedScale(LOSS.low, LOSS.high, this.loss.top, this.loss.foot);
  }

  /** The losses over all else. */
  above() {
    const [top, named] = this.narrow ? [LOSSES, 2 * NAMED + APART] : [CAP, 0];
    const free = this.height - top - 2 * WORDS - 3 * GAP - named;
    return band(top, Math.round(SHARES.losses * free));
  }

  /**
   * The net and its rows, down to the foot.
   * @param {number} top
   * @param {number} gap
   * @param {number} share of the net, in what words leave
   */
  under(top, gap, share) {
    const between = gap + (this.over ? NAMED : 0);
    const free = this.height - top - 2 * between - WORDS;
    this.net = band(top, Math.round(share * free));
    const row = Math.floor((free - (this.net.foot - top)) / 2);
    const first = band(this.net.foot + between, row);
    this.rows = [first, band(first.foot + between, row)];
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
    const { left, right } = this.layers;
    const pitch = (right - left) / count;
    return Array.from({ length: count }, (_, i) => left + (i + 0.5) * pitch);
  }

  /**
   * The layer there, or null.
   * @param {number} x
   * @param {number} y
   * @param {number} count
   */
  layer(x, y, count) {
    const { left, right } = this.layers;
    if (y < this.net.top - WORDS || x < left || x >= right) return null;
    return Math.floor(((x - left) / (right - left)) * count);
  }
}

/**
 * @param {number} top
 * @param {number} height
 */
function band(top, height) {
  return { top, foot: top + height };
}
