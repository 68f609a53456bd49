// @ts-check
/** @import { TestContext } from "node:test" */

/** Time that passes when a test says so. Node's own (20) lets an interval go on that was cleared in its own call. */
export class Clock {
  /** @param {TestContext} context */
  constructor(context) {
    this.now = 0;
    this.ids = 0;
    /** @type {Map<number, { at: number, every: number, call: () => void }>} */
    this.due = new Map();
    const { setTimeout, setInterval, clearTimeout, clearInterval } = globalThis;
    context.after(() => Object.assign(globalThis, { setTimeout, setInterval, clearTimeout, clearInterval }));
    const clear = (/** @type {number} */ id) => this.due.delete(id);
    Object.assign(globalThis, {
      setTimeout: (/** @type {() => void} */ call, /** @type {number} */ after) => this.set(call, after, 0),
      setInterval: (/** @type {() => void} */ call, /** @type {number} */ every) => this.set(call, every, every),
      clearTimeout: clear,
      clearInterval: clear,
    });
  }

  /**
   * @param {() => void} call
   * @param {number} after
   * @param {number} every
   */
  set(call, after, every) {
    this.ids += 1;
    this.due.set(this.ids, { at: this.now + after, every, call });
    return this.ids;
  }

  /** @param {number} time in milliseconds */
  tick(time) {
    const end = this.now + time;
    for (;;) {
      const [next] = [...this.due].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at);
      if (!next) break;
      const [id, timer] = next;
      this.now = timer.at;
      if (timer.every) timer.at += timer.every;
      else this.due.delete(id);
      timer.call();
    }
    this.now = end;
  }
}
