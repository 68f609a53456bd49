// @ts-check
/** A line that is drawn by hand: its height at each place, in thousandths of the axis, or none yet. */

/** @typedef {(number | null)[]} Heights */

export const DETAIL = 1000;

/**
 * The place nearest to a share of the axis.
 * @param {number[]} places
 * @param {number} at
 */
export function nearest(places, at) {
  let best = 0;
  places.forEach((place, i) => {
    if (Math.abs(place - at) < Math.abs((places[best] ?? 0) - at)) best = i;
  });
  return best;
}

/**
 * @param {number} share
 */
export function height(share) {
  return Math.round(DETAIL * Math.min(1, Math.max(0, share)));
}

/**
 * The heights after a stroke from one place to another, with those between on its way.
 * @param {Heights} heights
 * @param {[place: number, height: number]} from
 * @param {[place: number, height: number]} to
 * @returns {Heights}
 */
export function stroke(heights, from, to) {
  const made = [...heights];
  const by = Math.sign(to[0] - from[0]);
  for (let i = from[0]; i !== to[0]; i += by) {
    const part = (i - from[0]) / (to[0] - from[0]);
    made[i] = Math.round(from[1] + part * (to[1] - from[1]));
  }
  made[to[0]] = to[1];
  return made;
}

/**
 * The height at a place, or where the line passes it, or in the middle where there is no line.
 * @param {Heights} heights
 * @param {number} place
 */
export function passed(heights, place) {
  const known = heights.flatMap((each, i) => (each === null ? [] : [/** @type {[number, number]} */ ([i, each])]));
  const before = known.findLast(([i]) => i <= place) ?? known[0];
  const after = known.find(([i]) => i >= place) ?? before;
  if (!before || !after) return DETAIL / 2;
  if (before[0] === after[0]) return before[1];
  return Math.round(before[1] + ((place - before[0]) / (after[0] - before[0])) * (after[1] - before[1]));
}

/**
 * What stands at a height of an axis, in three digits.
 * @param {number} at
 * @param {{ log: boolean, ends: [number, number] }} axis
 */
export function value(at, { log, ends: [low, high] }) {
  const part = at / DETAIL;
  const found = log ? low * (high / low) ** part : low + part * (high - low);
  return String(Number(found.toPrecision(3)));
}

/**
 * What the page is told: a number for each place, nothing where there is none.
 * @param {Heights} heights
 */
export function told(heights) {
  return heights.map((each) => each ?? "").join(",");
}
