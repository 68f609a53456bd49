// @ts-check
import { element } from "./dom.js";
import { led, reading } from "./pure/reading.js";
import { View } from "./view.js";

/** @import { ChapterData, StoryData, Tell } from "./data.js" */

/** Under the picture, in pixels: a chapter whose title is above that is being read. */
const UNDER = 120;
/** Where the title of a chapter comes to stand under the picture. */
const AFTER = 24;

/** One layer axis over a page of chapters, the list of which stands above it: it shows the net of the one being read. */
export class Story {
  /**
   * @param {HTMLElement} host
   * @param {Tell} tell
   */
  constructor(host, tell) {
    this.host = host;
    host.classList.add("rx-story");
    this.list = element("nav", "rx-chapters", host);
    this.list.setAttribute("aria-label", "Chapters");
    this.list.onkeydown = (event) => this.key(event);
    this.said = element("p", "rx-caption", host);
    this.view = new View(element("div", "rx-root", host), tell);
    /** @type {ChapterData[]} */
    this.chapters = [];
    this.at = -1;
    this.scrolled = () => requestAnimationFrame(() => this.read());
    document.addEventListener("scroll", this.scrolled, { capture: true, passive: true });
  }

  /**
   * @param {StoryData} data
   * @param {Tell} tell
   */
  update(data, tell) {
    this.tell = tell;
    this.data = data;
    this.chapters = data.chapters;
    this.list.replaceChildren();
    this.buttons = this.chapters.map(({ short, title }, i) => {
      const button = element("button", "rx-chapter", this.list, short);
      button.title = title;
      button.onclick = () => this.open(i);
      return button;
    });
    this.at = -1;
    this.read();
  }

  /** The titles of the chapters, in the page. */
  titles() {
    return /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-testid="stMain"] h2')]);
  }

  get foot() {
    return this.host.getBoundingClientRect().bottom;
  }

  read() {
    const tops = this.titles().map((title) => title.getBoundingClientRect().top);
    this.show(Math.min(reading(tops, this.foot + UNDER), this.chapters.length - 1));
  }

  /** @param {number} i */
  show(i) {
    const { data, chapters, buttons, tell } = this;
    if (i === this.at || !data || !buttons || !tell || !chapters[i]) return;
    this.at = i;
    buttons.forEach((button, n) => {
      button.tabIndex = n === i ? 0 : -1;
      if (n === i) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    });
    this.said.textContent = chapters[i].caption;
    const { opens, folds, cuts } = data;
    this.view.update({ figures: [chapters[i].figure], run: null, counts: [], opens, folds, cuts }, tell);
  }

  /**
   * The page goes to a chapter, and so does the keyboard.
   * @param {number} i
   */
  open(i) {
    const title = this.titles()[i];
    if (!title) return;
    const main = title.closest('[data-testid="stMain"]');
    main?.scrollBy({ top: title.getBoundingClientRect().top - this.foot - AFTER });
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
    this.show(i);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const to = led(event.key, this.at, this.chapters.length);
    if (to === undefined) return;
    this.buttons?.[to].focus();
    this.buttons?.forEach((button, n) => {
      button.tabIndex = n === to ? 0 : -1;
    });
    event.preventDefault();
  }

  close() {
    document.removeEventListener("scroll", this.scrolled, { capture: true });
    this.view.close();
    this.host.replaceChildren();
  }
}
