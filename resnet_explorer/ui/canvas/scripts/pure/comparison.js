// @ts-check
/** What the comparison of the bottleneck says of its present setting. */

import { inner, parts, sum } from "./blocks.js";
import { short } from "./words.js";

/** @import { BlockCosts, BlockSetting } from "../data.js" */
/** @import { Part } from "./blocks.js" */

/** @typedef {{ unit: 1 | 2, parts: Part[], one: number, field: number, other: number, width: number, otherWidth: number }} Compared */

/** From here on a cost is written with k, M, G or T where room is scarce. */
const LONG = 1e7;

/**
 * What is drawn: the tile's parts, the field, and the other comparison's field.
 * @param {BlockSetting} setting
 * @param {BlockCosts} costs
 * @returns {Compared}
 */
export function compared(setting, { bottleneck, wide, narrow }) {
  const unit = setting.area === "macs" ? 2 : 1;
  const widths = [setting.channels, inner(setting)];
  const fields = [sum(wide, unit), sum(narrow, unit)];
  const at = setting.field === "inner" ? 1 : 0;
  const one = sum(bottleneck, unit);
  const [field, other, width, otherWidth] = [fields[at], fields[1 - at], widths[at], widths[1 - at]];
  return { unit, parts: parts(bottleneck, unit), one, field, other, width, otherWidth };
}

/**
 * What is counted.
 * @param {BlockSetting} setting
 */
export function noun({ area, norm }) {
  if (area === "macs") return "multiply-adds";
  return norm ? "parameters" : "weights";
}

/**
 * A whole number in full, or in three figures where it is long.
 * @param {number} value
 */
export function brief(value) {
  return value < LONG ? value.toLocaleString("en") : short(value);
}

/**
 * One cost over another.
 * @param {number} one
 * @param {number} other
 */
export function times(one, other) {
  return `${(one / other).toFixed(2)}×`;
}

/**
 * The words of the figure; with what fills the field untold, they ask for it.
 * @param {BlockSetting} setting
 * @param {Compared} compared
 * @param {boolean} untold
 */
export function words(setting, { parts: cut, one, field, other, width, otherWidth }, untold) {
  const counted = noun(setting);
  const factor = times(field, one);
  const outer = setting.field === "outer";
  const shortcut = setting.projection ? " with a projection" : "";
  const pair = `two 3×3 at ${width.toLocaleString("en")} channels${shortcut}`;
  const beside = `two 3×3 at ${otherWidth.toLocaleString("en")} channels${shortcut}: ${times(other, one)}`;
  const whole = `A field as large as the ${counted} of ${pair}, ${field.toLocaleString("en")}`;
  const asked = {
    title: `${outer ? "Same input, same output." : "As wide as its 3×3, not as its input."} How many ${counted}?`,
    field: `${pair}: ${brief(field)}`,
  };
  if (untold) {
    const blank = { one: "one bottleneck: ?", sum: "", factor: "?×", quotient: "", other: "" };
    return { ...asked, ...blank, tiles: `The whole field is ${pair}. How many bottlenecks fill it?`, alt: `${whole}.` };
  }
  return {
    ...asked,
    tiles: `The whole field is ${pair}. Each tile is one bottleneck${shortcut}: ${factor.slice(0, -1)} of them fill it.`,
    one: `one bottleneck: ${brief(one)}`,
    sum: cut.map(({ cost }) => brief(cost)).join(" + "),
    factor,
    quotient: `${brief(field)} ÷ ${brief(one)} ${counted}`,
    other: outer ? `as the paper compares, with ${beside}` : `with the same input and output, ${beside}`,
    alt:
      `${whole}, filled with ` +
      `${factor.slice(0, -1)} tiles as large as those of one bottleneck, ${one.toLocaleString("en")}: ` +
      `${cut.map(({ label, cost }) => `${label} ${cost.toLocaleString("en")}`).join(", ")}.`,
  };
}
