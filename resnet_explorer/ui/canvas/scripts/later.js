// @ts-check
/** @import { Tell } from "./data.js" */

/** So long after its room what comes later is asked for: by then the rest of the page has been drawn. */
const REST_MS = 500;

/** The room of what comes after the first sight of a page. */
export class Later {
  /**
   * @param {HTMLElement} _
   * @param {Tell} tell
   */
  constructor(_, tell) {
    this.timer = setTimeout(() => tell("drawn", ""), REST_MS);
  }

  update() {}

  close() {
    clearTimeout(this.timer);
  }
}
