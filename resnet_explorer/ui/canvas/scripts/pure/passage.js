// @ts-check
/** From one layer axis to the next: what is read from a drawing, and where columns come from that one of both lacks. */

/** @import { Box } from "./marks.js" */
/** @import { AxisFit } from "./fit.js" */

/** What stands in pixels of a figure: its columns from left to right, and their numbers by name.
 *
 * @typedef {{ columns: { key: string, x: number, width: number }[], places: Map<string, number> }} Standing
 */

const TRACK_BAR = /M(-?[\d.]+) (-?[\d.]+)h(-?[\d.]+)v(-?[\d.]+)h/g;
const ARC = /M(-?[\d.]+) (-?[\d.]+)C\S+ (-?[\d.]+) (-?[\d.]+) /;

/**
 * The bars of a track, which are drawn as one path.
 * @param {string} d
 * @returns {Box[]}
 */
export function trackBars(d) {
  return [...d.matchAll(TRACK_BAR)].map((match) => {
    const [x, foot, width, up] = match.slice(1).map(Number);
    return { x, y: foot + up, width, height: -up };
  });
}

/**
 * The box of a shortcut's arc; its height is that of the handles of its curve.
 * @param {string} d
 * @returns {Box}
 */
export function arcBox(d) {
  const [x, foot, top, right] = (ARC.exec(d) ?? []).slice(1).map(Number);
  return { x, y: top, width: right - x, height: foot - top };
}

/**
 * The arc of a box.
 * @param {Box} box
 */
export function arc({ x, y, width, height }) {
  const [foot, right] = [y + height, x + width];
  return `M${x} ${foot}C${x} ${y} ${right} ${y} ${right} ${foot}`;
}

/**
 * A box without its height, on its foot.
 * @template {Box} Each
 * @param {Each} box
 * @returns {Each}
 */
export function flat(box) {
  return { ...box, y: box.y + box.height, height: 0 };
}

/**
 * A box of the plot, in pixels of the figure.
 * @template {{ x: number, width: number }} Each
 * @param {Each} box
 * @param {AxisFit} fit
 * @returns {Each}
 */
export function inFigure(box, fit) {
  return { ...box, x: fit.x(box.x), width: box.width * fit.ratio };
}

/**
 * A box in pixels of a figure, in the plot of this one.
 * @template {{ x: number, width: number }} Each
 * @param {Each} box
 * @param {AxisFit} fit
 * @returns {Each}
 */
export function inPlot(box, fit) {
  return { ...box, x: fit.unit(box.x), width: box.width / fit.ratio };
}

/**
 * Where a column would stand in the other figure, which lacks it: behind the last one before it that both have.
 * @param {string} column
 * @param {Standing} mine
 * @param {Standing} other
 */
export function seam(column, mine, other) {
  for (let i = mine.places.get(column) ?? -1; i >= 0; i--) {
    const place = other.places.get(mine.columns[i].key);
    if (place !== undefined) return other.columns[place].x + other.columns[place].width;
  }
  return other.columns[0].x;
}
