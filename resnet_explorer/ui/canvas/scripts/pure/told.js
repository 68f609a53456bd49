// @ts-check
/** What parts of a described figure say. */

import { power } from "./words.js";

/** Words, and whether they are bold. @typedef {[words: string, bold: boolean]} Run */

/** A field of a template: its name, its place in a list, its digits, and whether zeros behind them are left out. */
const FIELD = /%\{(\w+)(?:\[(\d+)\])?(?::\.(\d+)(~?)[gr])?\}/g;
/** What a template ends with that has no second box. */
const ALONE = "<extra></extra>";

/**
 * A template with the fields of a point in it.
 * @param {string} template
 * @param {Record<string, any>} point
 */
export function filled(template, point) {
  return template.replace(ALONE, "").replace(FIELD, (_, name, at, digits, trims) => {
    const field = at ? point[name][at] : point[name];
    return digits ? rounded(field, digits, trims) : field;
  });
}

/**
 * @param {number} value
 * @param {number} digits
 * @param {string} trims
 */
function rounded(value, digits, trims) {
  const text = value.toPrecision(digits);
  return trims ? String(Number(text)) : text.replace(/e(.*)/, (_, exponent) => `·${power(Number(exponent))}`);
}

/**
 * Words in which some are bold, as runs.
 * @param {string} text
 * @returns {Run[]}
 */
export function runs(text) {
  return text.split(/<\/?b>/).flatMap((words, i) => (words.trim() ? [[words, i % 2 === 1]] : []));
}

/**
 * A box of `hover.box`: its name, and its lines.
 * @param {string} told
 */
export function boxed(told) {
  const [name, ...lines] = told
    .replace(/<\/?b>/g, "")
    .split("<br>")
    .map(plain);
  return { name, words: lines.join("\n") };
}

/** @type {Record<string, string>} */
const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

/** @param {string} text */
function plain(text) {
  return text.replace(/&(lt|gt|amp);/g, (entity) => ENTITIES[entity]);
}
