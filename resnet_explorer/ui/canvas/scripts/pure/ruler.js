// @ts-check
/** Axes of a described figure: where on them a value stands, from 0 to 1, and their ticks. */

import { lettered } from "./words.js";

/** @import { DescribedAxis } from "../described.js" */

/** What is drawn, or the name of a row. @typedef {number | string} Value */
/** A value, and its label. @typedef {[value: Value, label: string]} Tick */

/** The digits of round numbers. */
const DIGITS = [1, 2, 5, 10];
/** Round ticks, at most, unless the axis says it. */
const MOST = 10;
/** Of a quotient that is whole but for its last bits. */
const ALMOST = 1e-9;
/** What is left free beyond the largest value, as a share of it. */
const BEYOND = 0.05;

/**
 * The least round number that is no less.
 * @param {number} step
 */
export function rounded(step) {
  const power = 10 ** Math.floor(Math.log10(step));
  return power * (DIGITS.find((each) => each * power >= step * (1 - ALMOST)) ?? 10);
}

/** An axis of numbers; it goes from 0 to the largest of them, unless it says its range. */
export class Ruler {
  /**
   * @param {DescribedAxis} axis
   * @param {number[]} values
   */
  constructor(axis, values) {
    this.axis = axis;
    const [from, to] = axis.range ?? [0, (1 + BEYOND) * Math.max(0, ...values) || 1];
    this.from = from;
    this.to = to;
  }

  /** @param {Value} value */
  share(value) {
    return this.placed(this.axis.type === "log" ? Math.log10(Number(value)) : value);
  }

  /**
   * Where a note stands, which on a logarithmic axis names an exponent.
   * @param {Value} place
   */
  placed(place) {
    return (Number(place) - this.from) / (this.to - this.from);
  }

  /**
   * The ticks that the axis names, as far as it goes, or round ones, so many at most.
   * @param {number} most
   * @returns {Tick[]}
   */
  ticks(most) {
    const { tickvals, ticktext, tickformat, nticks = MOST } = this.axis;
    if (tickvals) {
      const named = tickvals.map((value, i) => /** @type {Tick} */ ([value, ticktext?.[i] ?? String(value)]));
      return named.filter(([value]) => this.share(value) >= 0 && this.share(value) <= 1);
    }
    const [low, high] = [this.from, this.to].sort((a, b) => a - b);
    const step = rounded((high - low) / Math.max(1, Math.min(most, nticks)));
    const first = Math.ceil(low / step - ALMOST);
    const digits = Math.max(0, -Math.floor(Math.log10(step) + ALMOST));
    return Array.from({ length: Math.floor(high / step + ALMOST) - first + 1 }, (_, i) => {
      const value = (first + i) * step;
      return [value, tickformat ? lettered(value) : value.toFixed(digits).replace("-", "−")];
    });
  }
}

/** An axis of rows, all of one height, which are called by their place or by name; the first is at the top where it is reversed. */
export class Rows {
  /**
   * @param {DescribedAxis} axis
   * @param {Value[]} names
   */
  constructor(axis, names) {
    this.axis = axis;
    this.names = names;
  }

  /** @param {Value} name */
  share(name) {
    const row = typeof name === "number" ? name : this.names.indexOf(name);
    const share = (row + 0.5) / this.names.length;
    return this.axis.autorange === "reversed" ? 1 - share : share;
  }

  /** @param {Value} name */
  placed(name) {
    return this.share(name);
  }

  /** @returns {Tick[]} */
  ticks() {
    const { tickvals = this.names, ticktext = this.names } = this.axis;
    return tickvals.map((name, i) => [name, String(ticktext[i])]);
  }
}

/**
 * Ticks in order, without those labels that would meet the one before them.
 * @param {{ at: number, label: string }[]} ticks
 * @param {number} letter how wide one is
 */
export function clear(ticks, letter) {
  let free = Number.NEGATIVE_INFINITY;
  return ticks.map(({ at, label }) => {
    const half = ((label.length + 1) * letter) / 2;
    if (at - half < free) return { at, label: "" };
    free = at + half;
    return { at, label };
  });
}
