// @ts-check

/**
 * Which of several parts is read: the last that begins above the line, or the first where none does.
 * @param {number[]} tops where the parts begin
 * @param {number} line
 */
export function reading(tops, line) {
  return Math.max(
    0,
    tops.findLastIndex((top) => top <= line),
  );
}

/**
 * To which of `count` a key leads from one of them, if to any.
 * @param {string} key
 * @param {number} at
 * @param {number} count
 * @returns {number | undefined}
 */
export function led(key, at, count) {
  const ways = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: count - 1 };
  const to = /** @type {Record<string, number>} */ (ways)[key];
  return to === undefined ? undefined : Math.min(count - 1, Math.max(0, to));
}
