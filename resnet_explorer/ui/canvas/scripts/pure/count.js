// @ts-check
/** A number on its way to another, and how much of a limit it uses. */

/**
 * How far a motion has come after part of its time: slowly off, slowly in.
 * @param {number} part from 0 to 1
 */
export function eased(part) {
  return part < 0.5 ? 4 * part ** 3 : 1 - (2 - 2 * part) ** 3 / 2;
}

/**
 * A number on its way, after part of its time.
 * @param {number} from
 * @param {number} to
 * @param {number} part
 */
export function between(from, to, part) {
  return from + (to - from) * eased(Math.min(1, Math.max(0, part)));
}

/**
 * The bar of a limit in per cent: what is used of it, and what is past it. It ends at the limit, or at the number where
 * that is larger.
 * @param {number} value
 * @param {number} most
 */
export function gauge(value, most) {
  const end = Math.max(value, most) || 1;
  return { end, used: (100 * Math.min(value, most)) / end, past: (100 * Math.max(0, value - most)) / end };
}
