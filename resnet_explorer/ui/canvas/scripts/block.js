// @ts-check
import { make, set } from "./dom.js";
import { Figure } from "./figure.js";
import { below } from "./pure/card.js";
import { enlarged } from "./pure/fit.js";
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
   */
  constructor(host, data, named) {
    super(host, data, named, "Arrow keys go through the operations");
    this.box.style.flexGrow = String(data.width);
    this.frame = make("rect", { class: "frame", visibility: "hidden", rx: 4 }, this.svg);
    this.fit();
  }

  /** @param {number} room */
  fitTo(room) {
    this.k *= enlarged(room, this.data.width, this.data.most);
    this.size(this.data.width, this.data.height);
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
    const operation = { left: x * this.k, foot: (y + height + CARD_GAP) * this.k };
    return below(operation, card, this.room);
  }
}
