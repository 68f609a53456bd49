// @ts-check
/** Numbers of layers as a race draws them: parts of a whole, and what is beyond a scale. */

import { BROKEN, DECADE, exponent, ZERO } from "./series.js";
import { reading } from "./words.js";

/** Of 100 per cent: smaller ones are said as a power. */
const SMALLEST = 0.001;

/**
 * Each norm as part of the whole, √ of the sum of the squares of all, packed as they are; there is no whole where one of
 * them is not finite.
 * @param {Int16Array} values
 */
export function shares(values) {
  if (values.includes(BROKEN)) return values.map(() => BROKEN);
  const known = [...values].filter((value) => value !== ZERO);
  const most = Math.max(...known);
  const sum = known.reduce((total, value) => total + 10 ** (2 * exponent(value - most)), 0);
  const whole = most + (DECADE * Math.log10(sum)) / 2;
  return values.map((value) => (value === ZERO ? ZERO : Math.max(ZERO + 1, Math.round(value - whole))));
}

/**
 * What of a net cannot be seen on a scale, in words; none where all can.
 * @param {Int16Array} values
 * @param {{ low: number, high: number }} scale
 * @param {string} none what is said where no number is one
 */
export function beyond(values, { low, high }, none) {
  if (!values.length) return "";
  if (values.every((value) => value === BROKEN)) return none;
  const count = { [none]: 0, "exactly 0": 0, "above the scale": 0, "below the scale": 0 };
  for (const value of values) {
    if (value === BROKEN) count[none] += 1;
    else if (value === ZERO) count["exactly 0"] += 1;
    else if (exponent(value) > high) count["above the scale"] += 1;
    else if (exponent(value) < low) count["below the scale"] += 1;
  }
  const said = Object.entries(count).filter(([, n]) => n);
  return said.map(([what, n]) => `${n} ${n === 1 ? "layer" : "layers"} ${what}`).join(", ");
}

/**
 * A part in per cent.
 * @param {number} value packed
 * @param {string} none
 */
export function percent(value, none) {
  if (value === BROKEN) return none;
  if (value === ZERO) return "0 %";
  const part = 100 * 10 ** exponent(value);
  return part < SMALLEST ? `${part.toExponential(1)} %` : `${reading(Number(part.toPrecision(2)))} %`;
}

/**
 * A power of ten in per cent.
 * @param {number} power
 */
export function tick(power) {
  return `${power < -2 ? (10 ** (power + 2)).toFixed(-power - 2) : 10 ** (power + 2)} %`;
}
