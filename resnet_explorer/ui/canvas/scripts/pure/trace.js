// @ts-check
import { dot, line, ring, square } from "./line.js";
import { BROKEN, exponent, ZERO } from "./series.js";

/** @import { LogScale } from "./scale.js" */
/** @import { Point } from "./line.js" */

/** Columns that are so wide, in pixels, have a mark on each norm. */
export const MARKED_PITCH = 7;

/**
 * Where a norm stands, or null: one of 0 stands on the floor, one that is not finite nowhere.
 * @param {number} value
 * @param {LogScale} scale
 * @param {number} floor
 */
export function height(value, scale, floor) {
  if (value === BROKEN) return null;
  return value === ZERO ? floor : scale.y(exponent(value));
}

/**
 * A net's norms on the columns of the axis: the line, which breaks at a norm of 0 and at one that is not finite; the
 * marks on it, round for a residual net and square for a plain one; and rings on the floor for norms of 0.
 * @param {Int16Array} values
 * @param {number[]} xs
 * @param {LogScale} scale
 * @param {{ floor: number, residual: boolean, marked: boolean }} how
 */
export function trace(values, xs, scale, { floor, residual, marked }) {
  /** @type {(Point | null)[]} */
  const points = [];
  let zeros = "";
  values.forEach((value, i) => {
    const y = height(value, scale, floor);
    if (value === ZERO) zeros += ring([xs[i], floor]);
    points.push(y === null || value === ZERO ? null : [xs[i], y]);
  });
  const mark = residual ? dot : square;
  const marks = marked ? points.map((point) => (point ? mark(point) : "")).join("") : "";
  return { line: line(points), marks, zeros };
}

/**
 * A norm as it is said: two figures, since it has come rounded; `none` is what one is called that is no number.
 * @param {number} value
 * @param {string} none
 */
export function said(value, none) {
  if (value === ZERO) return "0";
  return value === BROKEN ? none : (10 ** exponent(value)).toExponential(1);
}
