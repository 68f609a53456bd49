// @ts-check
/** How a drawing fits the room that it has. Room and places are in units of the drawing, before the page's scale. */

/** @import { AxisData } from "../data.js" */

/** With less room, labels stand over their tracks instead of beside them. */
const NARROW = 620;
/** Narrower columns are not read any more: the figure scrolls in its own box. */
const LEAST_PITCH = 5;
/** What is free at the right of the plot; on both sides of a narrow one. */
const MARGIN = 8;
const NARROW_MARGIN = 1;
/** What a narrow plot leaves free besides, so that rounding does not make it scroll. */
const SPARE = 1;
/** A block is enlarged by no more; made small, by no more either: then it scrolls in its own box. */
const WIDEST_BLOCK = 1.2;
const SMALLEST_BLOCK = 0.7;
/** Between the halves of the legend, and one line of it. */
const LEGEND_GAP = 16;
const LEGEND_LINE = 15;

/** The layer axis in so much room: where its plot begins, and how it is stretched. */
export class AxisFit {
  /**
   * @param {number} room
   * @param {Pick<AxisData, "gutter" | "plot" | "slots">} data
   */
  constructor(room, { gutter, plot, slots }) {
    const least = slots * LEAST_PITCH;
    this.narrow = room < NARROW || room - gutter - MARGIN < least;
    this.left = this.narrow ? NARROW_MARGIN : gutter;
    const right = this.narrow ? NARROW_MARGIN : MARGIN;
    this.plotWidth = Math.max(room - this.left - right - (this.narrow ? SPARE : 0), least);
    this.width = this.left + this.plotWidth + right;
    this.ratio = this.plotWidth / plot;
    this.scrolls = this.width > room + 1;
  }

  /**
   * Where a place of the plot stands.
   * @param {number} unit
   */
  x(unit) {
    return this.left + unit * this.ratio;
  }

  /**
   * The place of the plot that stands there.
   * @param {number} x
   */
  unit(x) {
    return (x - this.left) / this.ratio;
  }

  /**
   * How far the right half of the legend is moved: to the right end, under the left half where there is no room.
   * @param {{ x: number, width: number }} ways
   * @param {number} shades the width of the left half
   * @returns {[x: number, y: number]}
   */
  legend(ways, shades) {
    const under = this.narrow && (this.scrolls || shades + ways.width + LEGEND_GAP > this.plotWidth);
    const to = under ? this.left : this.left + this.plotWidth - ways.width;
    return [to - ways.x, under ? LEGEND_LINE : 0];
  }
}

/**
 * How much a block is enlarged.
 * @param {number} room
 * @param {number} width
 * @param {number} [most]
 */
export function enlarged(room, width, most = WIDEST_BLOCK) {
  return Math.min(most, room / width);
}

/**
 * How much a block is made smaller so that it has room with the words beside it, which keep their size.
 * @param {number} room
 * @param {number} figure the width of the figure
 * @param {number} words that of the words
 */
export function narrowed(room, figure, words) {
  return Math.max(SMALLEST_BLOCK, Math.min(1, (room - words) / figure));
}
