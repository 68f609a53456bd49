// @ts-check
import { element } from "./dom.js";

/** @import { Size } from "./pure/card.js" */

/** A row of the card; `css` is the kind of net that it tells of. @typedef {[label: string, value: string, css?: string]} Row */

/** What is said of an item; `hint`: what a click does. @typedef {{ path: string, what: string, rows: Row[], hint?: string }} Said */

/** The card with what is said of the column or operation under the pointer. */
export class Tip {
  /** @param {HTMLElement} box */
  constructor(box) {
    this.card = element("div", "rx-tip", box);
    this.card.hidden = true;
    this.aloud = element("div", "rx-said", box);
    this.aloud.setAttribute("aria-live", "polite");
  }

  hide() {
    this.card.hidden = true;
  }

  /**
   * @param {Said} said
   * @param {(card: Size) => { left: number, top: number }} place where a card of that size stands
   * @param {boolean} aloud
   */
  show({ path, what, rows, hint }, place, aloud) {
    this.clear();
    element("div", "rx-path", this.card, path);
    element("div", "rx-what", this.card, what);
    const list = element("dl", "", this.card);
    for (const [label, value, css] of rows) {
      element("dt", css ?? "", list, label);
      element("dd", "", list, value);
    }
    if (hint) element("div", "rx-hint", this.card, hint);
    this.put(place);
    if (aloud) this.aloud.textContent = `${path}: ${rows.map(([label, value]) => `${label} ${value}`).join("; ")}`;
  }

  /**
   * Words of their own.
   * @param {string} heading
   * @param {string} words
   * @param {(card: Size) => { left: number, top: number }} place
   * @param {boolean} aloud
   */
  tell(heading, words, place, aloud = true) {
    this.clear();
    element("div", "rx-what", this.card, heading);
    element("div", "rx-words", this.card, words);
    this.put(place);
    if (aloud) this.aloud.textContent = `${heading}: ${words}`;
  }

  clear() {
    this.card.hidden = false;
    this.card.replaceChildren();
  }

  /** @param {(card: Size) => { left: number, top: number }} place */
  put(place) {
    const { left, top } = place({ width: this.card.offsetWidth, height: this.card.offsetHeight });
    this.card.style.left = `${left}px`;
    this.card.style.top = `${top}px`;
  }
}
