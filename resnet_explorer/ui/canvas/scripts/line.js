// @ts-check

/** @import { Tell, Triggers } from "./data.js" */

/** Streamlit's outermost element, and what it says of the server. */
export const APP = '[data-testid="stApp"]';
export const CONNECTION = "data-test-connection-state";
const SCRIPT = "data-test-script-state";
const LOOK_MS = 200;
/** So many looks at a page that rests: just connected it rests too, before it runs again. */
const QUIET = 6;

/**
 * The way to the page. What is told while the server is away is kept until the page has run again, since before it
 * would be lost; of each kind the latest counts.
 */
export class Line {
  /** @param {Tell} through */
  constructor(through) {
    /** What tells the page now. */
    this.through = through;
    /** @type {Map<keyof Triggers, any>} */
    this.waits = new Map();
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.timer = undefined;
    this.quiet = 0;
  }

  /** @type {Tell} */
  tell = (name, value) => {
    if (!this.away()) return this.through(name, value);
    this.waits.set(name, value);
    this.timer ??= setInterval(() => this.look(), LOOK_MS);
  };

  /** Whether the page has no server now, as Streamlit says on its outermost element. */
  away() {
    const state = document.querySelector(APP)?.getAttribute(CONNECTION);
    return Boolean(state) && state !== "CONNECTED";
  }

  look() {
    const rests = !this.away() && document.querySelector(APP)?.getAttribute(SCRIPT) === "notRunning";
    this.quiet = rests ? this.quiet + 1 : 0;
    if (this.quiet < QUIET) return;
    this.close();
    for (const [name, value] of this.waits) this.through(name, value);
    this.waits.clear();
  }

  close() {
    clearInterval(this.timer);
    this.timer = undefined;
    this.quiet = 0;
  }
}
