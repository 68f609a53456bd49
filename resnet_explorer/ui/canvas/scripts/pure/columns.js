// @ts-check
/** @import { AxisData } from "../data.js" */

/** Where the columns of the layer axis stand, in units of the drawing: side by side and alike, or as it places them. */
export class Columns {
  /** @param {Pick<AxisData, "plot" | "slots" | "places" | "items">} data */
  constructor(data) {
    const width = data.plot / data.items.length;
    /** @type {[left: number, width: number, end?: number][]} */
    this.places = data.places ?? data.items.map((_, i) => [i * width, width]);
    this.slots = data.slots;
    /** The room of a bar with its gap. */
    this.slot = data.plot / this.slots;
    this.narrowest = Math.min(...this.places.map((place) => place[1]));
  }

  /** @param {number} i */
  left(i) {
    return this.places[i][0];
  }

  /** @param {number} i */
  width(i) {
    return this.places[i][1];
  }

  /** @param {number} i */
  right(i) {
    return this.left(i) + this.width(i);
  }

  /** @param {number} i */
  middle(i) {
    return this.left(i) + this.width(i) / 2;
  }

  /**
   * The last column that begins before that place, or the first.
   * @param {number} x
   */
  before(x) {
    return Math.max(
      0,
      this.places.findLastIndex(([left]) => left <= x),
    );
  }

  /**
   * The column there, also where the lines behind it are, or -1 where none is.
   * @param {number} x
   */
  at(x) {
    return this.places.findIndex(([left, width, end = left + width]) => x >= left && x < end);
  }
}
