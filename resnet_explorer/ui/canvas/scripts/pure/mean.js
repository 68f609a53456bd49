// @ts-check
/** A loss jumps from mini-batch to mini-batch: what it has come to is the mean over some steps. */

/**
 * At each step the mean of the last values up to it; null where one of them is not finite.
 * @param {(number | null)[]} values
 * @param {number} tail how many, at most
 * @returns {(number | null)[]}
 */
export function means(values, tail) {
  return values.map((_, i) => {
    const last = values.slice(Math.max(0, i + 1 - tail), i + 1);
    return last.includes(null)
      ? null
      : /** @type {number[]} */ (last).reduce((sum, each) => sum + each, 0) / last.length;
  });
}
