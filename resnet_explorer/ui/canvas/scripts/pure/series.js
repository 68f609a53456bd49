// @ts-check
/** A net's steps as they come from the server, and what is added to them. */

/** @import { NetData, News } from "../data.js" */

/** What stands for a norm of 0 and for one that is not finite, as in `frames.py`. */
export const ZERO = -32768;
export const BROKEN = 32767;
/** All other norms are so many times their logarithm to base 10. */
export const DECADE = 700;

/** A net with the norms of its columns, step after step. @typedef {NetData & { values: Int16Array }} Net */

/**
 * Packed norms: 16 bits each, the lower byte first, in base64.
 * @param {string} text
 */
export function decode(text) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  return new Int16Array(bytes.buffer);
}

/**
 * The norm that is written so; of a number, not of ZERO or BROKEN.
 * @param {number} value
 */
export function exponent(value) {
  return value / DECADE;
}

/**
 * A net as the page sends it.
 * @param {NetData} data
 * @returns {Net}
 */
export function opened(data) {
  return { ...data, values: decode(data.norms) };
}

/**
 * What is known of a net with what is new of it; null where a part between them is missing.
 * @param {Net} known
 * @param {News} news
 * @returns {Net | null}
 */
export function joined(known, news) {
  const { from } = news;
  if (known.steps.length < from) return null;
  const values = decode(news.norms);
  const all = new Int16Array(from * known.columns + values.length);
  all.set(known.values.subarray(0, from * known.columns));
  all.set(values, from * known.columns);
  return {
    ...known,
    ended: news.ended,
    steps: [...known.steps.slice(0, from), ...news.steps],
    loss: [...known.loss.slice(0, from), ...news.loss],
    ratio: [...known.ratio.slice(0, from), ...news.ratio],
    values: all,
  };
}
