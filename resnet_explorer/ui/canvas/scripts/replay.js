// @ts-check
import { Curves } from "./curves.js";
import { Player } from "./player.js";
import { Run } from "./pure/run.js";
import { joined, opened } from "./pure/series.js";
import { Stream } from "./stream.js";

/** @import { News, RunData, Tell } from "./data.js" */
/** @import { Net } from "./pure/series.js" */
/** @import { How } from "./stream.js" */

/** A run with its slider over the drawings and its curves under them; new steps come from the page or from a stream. */
export class Replay {
  /**
   * @param {HTMLElement} host
   * @param {(run: Run, frame: number, fixed: boolean) => void} onFrame told of the frame that is to be drawn
   * @param {Tell} tell
   * @param {boolean} curves whether there are curves under the drawings
   */
  constructor(host, onFrame, tell, curves = true) {
    this.host = host;
    this.onFrame = onFrame;
    this.tell = tell;
    this.player = new Player(
      host,
      (frame, fixed) => this.frame(frame, fixed),
      (step) => tell("step", step),
    );
    this.curves = curves ? new Curves(host) : null;
    host.prepend(this.player.bar);
    /** What the page sent last: its reruns bring the same again, which is decoded once. */
    this.form = "";
    /** @type {RunData | null} */
    this.data = null;
    /** @type {Net[]} */
    this.nets = [];
    /** @type {Run | null} */
    this.run = null;
    /** @type {Stream | null} */
    this.stream = null;
    /** @type {number | null} */
    this.due = null;
  }

  /** @param {RunData} data */
  set(data) {
    const form = JSON.stringify(data);
    if (form === this.form) return;
    this.form = form;
    this.data = data;
    this.nets = data.nets.map(opened);
    this.listen();
    this.redraw();
  }

  /** What the page sends next is taken as new. */
  forget() {
    this.form = "";
  }

  listen() {
    this.stream?.close();
    const source = this.data?.source;
    this.stream = source
      ? new Stream(
          source,
          (news) => this.hear(news),
          (how) => this.over(how),
        )
      : null;
  }

  /** @param {News[]} news */
  hear(news) {
    const nets = news.map((net, i) => joined(this.nets[i], net));
    if (nets.includes(null)) return this.listen(); // something was lost on the way: from the start again
    this.nets = nets.filter((net) => net !== null);
    this.due ??= requestAnimationFrame(() => this.redraw());
  }

  /**
   * The page runs again, and finds out what is so now; after a break it may send the same to be listened to anew.
   * @param {How} how
   */
  over(how) {
    if (how === "broken") this.forget();
    this.tell(how === "lost" ? "lost" : "ended", true);
  }

  redraw() {
    this.rest();
    if (!this.data) return;
    this.run = new Run({ ...this.data, nets: this.nets });
    if (this.curves) this.host.append(this.curves.box);
    this.curves?.set(this.run);
    this.player.set(this.run);
  }

  /**
   * @param {number} frame
   * @param {boolean} fixed
   */
  frame(frame, fixed) {
    if (!this.run) return;
    this.onFrame(this.run, frame, fixed);
    this.curves?.mark(this.run.steps[frame]);
  }

  fit() {
    this.curves?.fit();
  }

  rest() {
    if (this.due !== null) cancelAnimationFrame(this.due);
    this.due = null;
  }

  close() {
    this.rest();
    this.stream?.close();
    this.player.close();
    this.curves?.close();
  }
}
