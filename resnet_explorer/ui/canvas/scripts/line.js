// @ts-check

/** @import { Tell, Triggers } from "./data.js" */

/** Streamlit's outermost element, and what it says of the server. */
export const APP = '[data-testid="stApp"]';
export const CONNECTION = "data-test-connection-state";
const SCRIPT = "data-test-script-state";
const LOOK_MS = 200;
/** So many looks at a page that rests: just connected it rests too, before it runs again. */
const QUIET = 6;
/** Of a page that asks again and again, as while something is measured: it rests between, and never for long. */
const LONGEST = 40;

/** Whether the page has no server now, as Streamlit says on its outermost element; whether it has one and does nothing. */
function state() {
  const app = document.querySelector(APP);
  const connection = app?.getAttribute(CONNECTION);
  const [away, connected] = [Boolean(connection) && connection !== "CONNECTED", connection === "CONNECTED"];
  return { away, rests: connected && app?.getAttribute(SCRIPT) === "notRunning" };
}

/** Looks until a page that was without its server has run again, and then calls. */
class Watch {
  /** @param {() => void} done */
  constructor(done) {
    this.done = done;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.timer = undefined;
    this.quiet = 0;
    this.looks = 0;
  }

  start() {
    this.timer ??= setInterval(() => this.look(), LOOK_MS);
  }

  look() {
    const { away, rests } = state();
    this.quiet = rests ? this.quiet + 1 : 0;
    this.looks = away ? 0 : this.looks + 1;
    if (this.quiet < QUIET && !(rests && this.looks > LONGEST)) return;
    this.close();
    this.done();
  }

  close() {
    clearInterval(this.timer);
    Object.assign(this, { timer: undefined, quiet: 0, looks: 0 });
  }
}

/** Whether the server, back again, may not know the page yet. */
let stranger = false;
const known = new Watch(() => {
  stranger = false;
});

/** The page has lost its server: what is told waits from now on until the page has run again. */
export function lost() {
  stranger = true;
  known.close();
  known.start();
}

/**
 * The way to the page. What is told while the server is away, or is back and has not run the page yet, is kept until it
 * has, since before it would be lost; of each kind the latest counts.
 */
export class Line {
  /** @param {Tell} through */
  constructor(through) {
    /** What tells the page now. */
    this.through = through;
    /** @type {Map<keyof Triggers, any>} */
    this.waits = new Map();
    this.watch = new Watch(() => this.flush());
  }

  /** @type {Tell} */
  tell = (name, value) => {
    if (!state().away && !stranger && !this.waits.size) return this.through(name, value);
    this.waits.set(name, value);
    this.watch.start();
  };

  flush() {
    for (const [name, value] of this.waits) this.through(name, value);
    this.waits.clear();
  }

  close() {
    this.watch.close();
  }
}
