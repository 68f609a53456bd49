// @ts-check
/** Numbers as people read them. */

/** @type {[number, string][]} */
const PREFIXES = [
  [1e12, "T"],
  [1e9, "G"],
  [1e6, "M"],
  [1e3, "k"],
];

/** Of a prefix: from 0.9995 of its size on, a number is written with it. */
const ROUNDS_UP = 0.9995;
const SMALL = 0.001;
const LARGE = 1e5;

/**
 * A whole number, in three figures with k, M, G or T, as the page writes it.
 * @param {number} value
 */
export function short(value) {
  for (const [size, letter] of PREFIXES) {
    const n = value / size;
    if (n >= ROUNDS_UP) return `${n.toFixed(decimals(n))} ${letter}`;
  }
  return String(Math.round(value));
}

/**
 * A round number as a tick of an axis: 500 M, −20 M.
 * @param {number} value
 */
export function lettered(value) {
  const size = Math.abs(value);
  const [unit, letter] = PREFIXES.find(([least]) => size >= least) ?? [1, ""];
  return `${value < 0 ? "−" : ""}${Number((size / unit).toPrecision(6))} ${letter}`.trimEnd();
}

/**
 * So that there are three figures.
 * @param {number} n below 1000
 */
function decimals(n) {
  if (n < 9.995) return 2;
  return n < 99.95 ? 1 : 0;
}

/**
 * A measured number, in three figures; null is one that is not finite.
 * @param {number | null | undefined} value
 */
export function reading(value) {
  if (value === null || value === undefined) return "not finite";
  const size = Math.abs(value);
  if (size !== 0 && (size < SMALL || size >= LARGE)) return value.toExponential(1);
  return size >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);
}

/**
 * A power of ten.
 * @param {number} n
 */
export function power(n) {
  return `10${String(n)
    .replace("-", "⁻")
    .replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)])}`;
}

/**
 * The receptive field of a layer as that before it, in pixels, and what is added.
 * @param {number} before
 * @param {number} now
 */
export function widened(before, now) {
  const [was, more, is] = [before, now - before, now].map((value) => value.toLocaleString("en"));
  return now > before ? `${was} + ${more} = ${is} px` : `${is} px`;
}

/**
 * The step at which a slider stands; steps count from 1 for people.
 * @param {number[]} steps
 * @param {number} frame
 * @param {boolean} running
 */
export function stepped(steps, frame, running) {
  if (!steps.length) return "no step yet";
  return `step ${steps[frame] + 1}${running ? "" : ` of ${steps[steps.length - 1] + 1}`}`;
}
