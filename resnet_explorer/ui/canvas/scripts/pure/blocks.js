// @ts-check
/** What the blocks of the bottleneck's comparison cost, in closed form; Python counts the same from the real blocks. */

/** @import { BlockCosts, BlockTerm, BlockSetting } from "../data.js" */

/** A convolution: kernel, channels that it takes, channels that it gives. @typedef {[kernel: number, from: number, to: number]} Conv */

/**
 * The channels that the 3×3 of the bottleneck sees.
 * @param {BlockSetting} setting
 */
export function inner({ channels, reduction }) {
  return Math.max(1, Math.floor(channels / reduction));
}

/**
 * The bottleneck, two 3×3 at its outer width, and two 3×3 at its inner width, each term by term.
 * @param {BlockSetting} setting
 * @returns {BlockCosts}
 */
export function costs(setting) {
  const { channels } = setting;
  const within = inner(setting);
  /** @type {Conv[]} */
  const narrowing = [
    [1, channels, within],
    [3, within, within],
    [1, within, channels],
  ];
  const pair = (/** @type {number} */ width) =>
    terms(
      setting,
      [3, 3].map((kernel) => [kernel, width, width]),
    );
  return { bottleneck: terms(setting, narrowing), wide: pair(channels), narrow: pair(within) };
}

/**
 * @param {BlockSetting} setting
 * @param {Conv[]} convs
 * @returns {BlockTerm[]}
 */
function terms({ pixels, norm, projection }, convs) {
  /** @type {(names: [conv: string, norm: string], conv: Conv) => BlockTerm[]} */
  const pair = ([conv, bn], [kernel, from, to]) => {
    const weights = kernel * kernel * from * to;
    /** @type {BlockTerm[]} */
    const both = [
      [conv, weights, weights * pixels * pixels],
      [bn, 2 * to, 0],
    ];
    return norm ? both : both.slice(0, 1);
  };
  const found = convs.flatMap((conv, i) => pair([`conv${i + 1}`, `bn${i + 1}`], conv));
  const width = convs[0][1];
  return projection ? [...found, ...pair(["downsample.0", "downsample.1"], [1, width, width])] : found;
}

/** A part of a block: what it is called, how it is drawn, and its cost. @typedef {{ label: string, css: string, cost: number }} Part */

/**
 * The terms of a bottleneck as the parts of a tile; BatchNorm is one part. What costs nothing is none.
 * @param {BlockTerm[]} all
 * @param {1 | 2} unit where the cost stands in a term
 * @returns {Part[]}
 */
export function parts(all, unit) {
  const [normed, others] = [all.filter(isNorm), all.filter((term) => !isNorm(term))];
  const found = others.map((term) => {
    if (term[0].startsWith("downsample")) return { label: "shortcut", css: "projection", cost: term[unit] };
    const wide = term[0] === "conv2";
    return { label: wide ? "3×3" : "1×1", css: wide ? "k3" : "k1", cost: term[unit] };
  });
  return [...found, { label: "BN", css: "bn", cost: sum(normed, unit) }].filter(({ cost }) => cost);
}

/** @param {BlockTerm} term */
function isNorm([path]) {
  return path.startsWith("bn") || path === "downsample.1";
}

/**
 * @param {BlockTerm[]} all
 * @param {1 | 2} unit
 */
export function sum(all, unit) {
  return all.reduce((total, term) => total + term[unit], 0);
}

/**
 * A setting as the texts of a link.
 * @param {BlockSetting} setting
 */
export function told({ channels, reduction, pixels, norm, projection, field, area }) {
  const flags = `with_bn=${Number(norm)}&with_projection=${Number(projection)}`;
  return `channels=${channels}&reduction=${reduction}&pixels=${pixels}&${flags}&field=${field}&area=${area}`;
}
