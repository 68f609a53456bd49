// @ts-check
import { make, set } from "./dom.js";
import { Figure } from "./figure.js";
import { below } from "./pure/card.js";
import { enlarged, narrowed } from "./pure/fit.js";
import { operationAt, outline } from "./pure/marks.js";

/** @import { BlockData } from "./data.js" */
/** @import { Size } from "./pure/card.js" */

const CARD_GAP = 6;

/**
 * A block to scale, or the windows of a receptive field: its items are operations.
 * @extends {Figure<BlockData>}
 */
export class Block extends Figure {
  /**
   * @param {HTMLElement} host
   * @param {BlockData} data
   * @param {boolean} named
   * @param {number} end where the longest words end of all that stand at one scale
   */
  constructor(host, data, named, end = data.narrow?.[2] ?? 0) {
    super(host, data, named, "Arrow keys go through the operations");
    this.end = end;
    /** Where its room begins, in units of the drawing. */
    this.left = 0;
    this.box.style.flexGrow = String(data.width);
    this.frame = make("rect", { class: "frame", visibility: "hidden", rx: 4 }, this.svg);
    this.fit();
  }

  /** @param {number} room */
  fitTo(room) {
    const { width, height, most, narrow } = this.data;
    const small = narrow && room < width;
    const [left, side] = small ? narrow : [0, 0];
    const words = this.end - side;
    const scale = small ? narrowed(room, side - left, words) : enlarged(room, width, most);
    const type = small ? 1 / scale : 1;
    this.k *= scale;
    this.left = left;
    this.svg.style.setProperty("--rx-type", String(type));
    this.size(small ? side - left + words * type : width, height, left);
  }

  /**
   * @param {MouseEvent} event
   * @returns {[x: number, y: number]}
   */
  place(event) {
    const [x, y] = super.place(event);
    return [x + this.left, y];
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  item(x, y) {
    return operationAt(this.data.items, x, y);
  }

  /**
   * @param {number} now
   * @param {number} last
   * @returns {Record<string, number>}
   */
  ways(now, last) {
    return { ...super.ways(now, last), ArrowDown: now + 1, ArrowUp: now - 1 };
  }

  /** @param {number | null} i */
  mark(i) {
    this.frame.setAttribute("visibility", i === null ? "hidden" : "visible");
    if (i !== null) set(this.frame, { ...outline(this.data.items[i]) });
  }

  /**
   * @param {number} i
   * @param {number | null} _y
   * @param {Size} card
   */
  beside(i, _y, card) {
    const [, , x, y, , height] = this.data.items[i];
    const operation = { left: (x - this.left) * this.k, foot: (y + height + CARD_GAP) * this.k };
    return below(operation, card, this.room);
  }
}
