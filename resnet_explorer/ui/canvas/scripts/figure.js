// @ts-check
import { Counts } from "./counts.js";
import { element, part, rootScale } from "./dom.js";
import { Tip } from "./tip.js";

/** @import { CountData, Fact } from "./data.js" */
/** @import { Said } from "./tip.js" */
/** @import { Size } from "./pure/card.js" */

/** What each kind has. @typedef {{ kind: string, title: string, svg: string, facts: Fact[], items: [path: string, fact: number, ...unknown[]][], counts?: CountData[] }} Drawn */

/**
 * One drawing, fitted to its width, with hover, touch and keyboard. What is pointed at is an item: a column, or an
 * operation.
 * @template {Drawn} Data
 */
export class Figure {
  /**
   * @param {HTMLElement} host
   * @param {Data} data
   * @param {boolean} named whether its title stands over it
   * @param {string} keys what the keyboard does in it
   */
  constructor(host, data, named, keys) {
    this.data = data;
    this.box = element("div", `rx-figure rx-${data.kind}`, host);
    /** Beside its title. @type {Counts | null} */
    this.counts = named ? new Counts(element("div", "rx-title", this.box, data.title)) : null;
    this.counts?.set(data.counts ?? []);
    this.scroll = element("div", "rx-scroll", this.box);
    if (data.items.length) this.scroll.tabIndex = 0;
    this.scroll.setAttribute("role", "group");
    this.scroll.setAttribute("aria-label", data.items.length ? `${data.title}. ${keys}.` : data.title);
    this.scroll.innerHTML = data.svg;
    this.svg = part(this.scroll, "svg");
    this.tip = new Tip(this.box);
    /** Pixels of the page for one of the drawing. */
    this.k = 1;
    /** The item that is pointed at. @type {number | null} */
    this.at = null;
    this.listen();
  }

  listen() {
    const { svg, scroll } = this;
    svg.onpointermove = svg.onpointerdown = (event) => this.show(this.find(event), event);
    svg.onpointerleave = (event) => event.pointerType === "mouse" && this.show(null);
    svg.onclick = (event) => this.open(this.find(event));
    scroll.onblur = () => this.show(null);
    scroll.onkeydown = (event) => this.key(event);
    scroll.onscroll = () => this.slide();
  }

  fit() {
    this.k = rootScale();
    const room = this.scroll.clientWidth / this.k;
    if (!room) return;
    this.fitTo(room);
    // What scrolls is a stop of the keyboard, also where nothing in it is pointed at.
    if (this.scroll.scrollWidth > this.scroll.clientWidth) this.scroll.tabIndex = 0;
    else if (!this.data.items.length) this.scroll.removeAttribute("tabindex");
    if (this.at !== null) this.show(this.at);
  }

  /**
   * @param {number} width
   * @param {number} height
   * @param {number} left where it begins
   */
  size(width, height, left = 0) {
    this.svg.setAttribute("viewBox", `${left} 0 ${width} ${height}`);
    this.svg.setAttribute("width", String(width * this.k));
    this.svg.setAttribute("height", String(height * this.k));
  }

  /**
   * Where the pointer is, in units of the drawing.
   * @param {MouseEvent} event
   * @returns {[x: number, y: number]}
   */
  place(event) {
    const box = this.svg.getBoundingClientRect();
    return [(event.clientX - box.left) / this.k, (event.clientY - box.top) / this.k];
  }

  /** @param {MouseEvent} event */
  find(event) {
    return this.item(...this.place(event));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const last = this.data.items.length - 1;
    const to = this.ways(this.at ?? -1, last)[event.key];
    if (to !== undefined && last >= 0) {
      this.show(Math.min(last, Math.max(0, to)), null, true);
      this.reveal();
    } else if (event.key === "Enter") this.open(this.at);
    else if (event.key === "Escape") this.show(null);
    else return;
    event.preventDefault();
  }

  /**
   * The items to which keys lead.
   * @param {number} now
   * @param {number} last
   * @returns {Record<string, number>}
   */
  ways(now, last) {
    return { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: last };
  }

  /**
   * @param {number | null} i
   * @param {MouseEvent | null} event
   * @param {boolean} aloud whether it is read out
   */
  show(i, event = null, aloud = false) {
    this.at = i;
    this.mark(i);
    this.svg.style.cursor = this.opens(i) ? "pointer" : "default";
    if (i === null) this.tip.hide();
    else this.tell(i, (card) => this.beside(i, event && this.place(event)[1], card), aloud);
  }

  /** @param {number | null} i */
  open(i) {
    this.opens(i)?.();
  }

  /** The figure's own size, in pixels. */
  get room() {
    return { width: this.box.clientWidth, height: this.box.clientHeight };
  }

  close() {
    this.box.remove();
  }

  // ---- what each kind does in its own way ----

  /**
   * @abstract
   * @param {number} _room
   */
  fitTo(_room) {}

  /** What moves while the figure scrolls in its box. */
  slide() {}

  /** Scrolls to what is pointed at. */
  reveal() {}

  /**
   * The item at a place of the drawing.
   * @param {number} _x
   * @param {number} _y
   * @returns {number | null}
   */
  item(_x, _y) {
    return null;
  }

  /** @param {number | null} _i */
  mark(_i) {}

  /**
   * What a click on an item does, if anything.
   * @param {number | null} _i
   * @returns {(() => void) | null}
   */
  opens(_i) {
    return null;
  }

  /**
   * @param {number} i
   * @param {(card: Size) => { left: number, top: number }} place
   * @param {boolean} aloud
   */
  tell(i, place, aloud) {
    this.tip.show(this.said(i), place, aloud);
  }

  /**
   * @param {number} i
   * @returns {Said}
   */
  said(i) {
    const { items, facts } = this.data;
    const [path, fact] = items[i];
    const [what, rows] = facts[fact];
    return { path, what, rows };
  }

  /**
   * Where the card of an item stands.
   * @param {number} _i
   * @param {number | null} _y of the pointer
   * @param {Size} _card
   */
  beside(_i, _y, _card) {
    return { left: 0, top: 0 };
  }
}
