// @ts-check
/** What marks a layer or an operation that is pointed at, and which one that is; in units of the drawing. */

/** @import { Operation, Track } from "../data.js" */
/** @import { Columns } from "./columns.js" */

/** @typedef {{ x: number, y: number, width: number, height: number }} Box */

/** Above it stands the legend; the net is below. */
export const NET_TOP = 24;
/** Under the band, and of the frames around an operation and a block. */
const FOOT = 6;
const FRAME = 2.5;
const OVER = 2;
const UNDER = 4;
/** How far beside an operation one may point. */
const REACH = 3;
/** Of a bar's room, and at most in pixels: the gap between bars, as in `diagrams/layout.py`. */
const GAP_SHARE = 0.16;
const GAP_MOST = 3;

/**
 * The frame around an operation.
 * @param {Operation} operation
 * @returns {Box}
 */
export function outline([, , x, y, width, height]) {
  return { x: x - FRAME, y: y - FRAME, width: width + 2 * FRAME, height: height + 2 * FRAME };
}

/**
 * The operation there, the one drawn last, or null.
 * @param {Operation[]} operations
 * @param {number} x
 * @param {number} y
 */
export function operationAt(operations, x, y) {
  const i = operations.findLastIndex(
    ([, , left, top, width, height]) => x >= left - REACH && x <= left + width + REACH && y >= top && y <= top + height,
  );
  return i < 0 ? null : i;
}

/**
 * The band behind a column, through all tracks.
 * @param {Columns} columns
 * @param {number} i
 * @param {number} height of the drawing
 * @returns {Box}
 */
export function band(columns, i, height) {
  return { x: columns.left(i), y: NET_TOP, width: columns.width(i), height: height - NET_TOP - FOOT };
}

/**
 * The bar of a column in a track that is `row` high.
 * @param {Columns} columns
 * @param {number} i
 * @param {Pick<Track, "top" | "values" | "scale">} track
 * @param {number} row
 * @returns {Box}
 */
export function bar(columns, i, track, row) {
  const width = columns.slot - Math.min(GAP_MOST, GAP_SHARE * columns.slot);
  const height = (row * track.values[i]) / track.scale;
  return { x: columns.middle(i) - width / 2, y: track.top + row - height, width, height };
}

/**
 * The frame around the columns of a block, down to the brace.
 * @param {Columns} columns
 * @param {number} first
 * @param {number} last
 * @param {number} brace
 * @returns {Box}
 */
export function enclosure(columns, first, last, brace) {
  const [x, y] = [columns.left(first), NET_TOP - OVER];
  return { x, y, width: columns.right(last) - x, height: brace + UNDER - y };
}

/**
 * The middle of a number over a column, far enough from the ends that it is not cut.
 * @param {number} centre
 * @param {number} left
 * @param {number} right
 */
export function inside(centre, left, right) {
  const half = 22;
  return Math.min(right - half, Math.max(left + half, centre));
}
