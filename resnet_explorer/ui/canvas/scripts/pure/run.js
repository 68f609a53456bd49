// @ts-check
import { decades } from "./scale.js";
import { BROKEN, exponent, ZERO } from "./series.js";

/** @import { RunData } from "../data.js" */
/** @import { Net } from "./series.js" */

/** The scale of a run of which nothing is known. */
const UNKNOWN = /** @type {[number, number]} */ ([-3, 1]);

/** A run as it is drawn: its frames are the steps that every net has made which has begun and has not ended;
 * where nets stand together, those that every net has made which has not ended. */
export class Run {
  /** @param {Omit<RunData, "nets"> & { nets: Net[] }} data */
  constructor(data) {
    this.nets = data.nets;
    this.running = data.running;
    this.plays = data.plays;
    this.track = data.track;
    this.last = data.last ?? 0;
    this.chance = data.chance ?? 0;
    this.name = data.name ?? "";
    this.at = data.at ?? 0;
    /** Whether a step waits for every net, for one that has not begun too. */
    this.together = data.together ?? false;
    this.tells = Boolean(data.tells) && !data.running;
    const own = this.nets.map((net) => new Set(net.steps));
    const shown = (/** @type {number} */ step) => this.nets.every((net, i) => own[i].has(step) || this.over(net, step));
    this.steps = [...new Set(this.nets.flatMap((net) => net.steps))].sort((a, b) => a - b).filter(shown);
    this.zeros = this.nets.some(({ values }) => values.includes(ZERO));
    /** @type {[number, number] | null} */
    this.whole = null;
  }

  /** The last frame. */
  get end() {
    return Math.max(0, this.steps.length - 1);
  }

  /**
   * Whether a step need not wait for a net: it has ended before, or has not begun.
   * @param {Net} net
   * @param {number} step
   */
  over(net, step) {
    if (!net.steps.length && !this.together) return true;
    return (net.ended || !this.running) && (net.steps.at(-1) ?? -1) < step;
  }

  /**
   * Why a net is not drawn at a frame; no words where it is.
   * @param {Net} net
   * @param {number} frame
   */
  gone(net, frame) {
    if (!net.steps.length) return "no step yet";
    return this.place(net, frame) < 0 ? `ended at step ${net.steps[net.steps.length - 1] + 1}` : "";
  }

  /**
   * Whether it is another run that has come further.
   * @param {Run} before
   */
  continues(before) {
    const [now, then] = [this.steps, before.steps].map((steps) => steps.at(-1) ?? -1);
    return before.name === this.name && this.steps.length > 1 && now >= then; // with fewer steps, where it was thinned
  }

  /**
   * The frame of a step, or of the last one before it.
   * @param {number} step
   */
  frame(step) {
    return Math.max(
      0,
      this.steps.findLastIndex((each) => each <= step),
    );
  }

  /**
   * The powers of ten between which the norms lie: at one frame, or, on a fixed axis, in the whole run.
   * @param {number} frame
   * @param {boolean} fixed
   */
  ends(frame, fixed) {
    if (!fixed) return enclosing(this.nets.map((net) => this.values(net, frame)));
    this.whole ??= enclosing(this.nets.map((net) => net.values));
    return this.whole;
  }

  /**
   * The net's norms at a frame.
   * @param {Net} net
   * @param {number} frame
   */
  values(net, frame) {
    const at = this.place(net, frame);
    return net.values.subarray(at * net.columns, at < 0 ? 0 : (at + 1) * net.columns);
  }

  /**
   * Whether there is nothing of the net to draw at a frame, since nothing of it is a finite number.
   * @param {Net} net
   * @param {number} frame
   */
  broken(net, frame) {
    return net.steps.length > 0 && this.values(net, frame).every((value) => value === BROKEN);
  }

  /** The frame to stand at as long as nobody moves the slider: the newest, and of a run that is over, its opening. */
  get standing() {
    return this.running ? this.end : this.opening;
  }

  /** The frame a finished run opens at: that of the step in the link, if there is one. */
  get opening() {
    return this.at
      ? Math.max(
          0,
          this.steps.findLastIndex((step) => step < this.at),
        )
      : this.ending;
  }

  /** The last frame at which there is something of every net to draw. */
  get ending() {
    let at = this.end;
    while (at >= 0 && this.nets.some((net) => this.broken(net, at))) at--;
    return at < 0 ? this.end : at;
  }

  /**
   * Why there is nothing to draw at a frame, of these nets; no words where there is something.
   * @param {Net[]} nets
   * @param {number} frame
   */
  empty(nets, frame) {
    const broken = (/** @type {number} */ at) => nets.every((net) => this.broken(net, at));
    if (!this.steps.length || !broken(frame)) return "";
    let first = frame;
    while (first > 0 && broken(first - 1)) first--;
    if (nets.length && nets.every((net) => this.gone(net, frame))) return this.gone(nets[0], frame);
    return this.track.still ? this.track.none : `${this.track.none} from step ${this.steps[first] + 1}`;
  }

  /**
   * The net's own place in its steps at a frame; -1 where it has ended before, or not begun.
   * @param {Net} net
   * @param {number} frame
   */
  place(net, frame) {
    return net.steps.indexOf(this.steps[frame]);
  }
}

/**
 * The powers of ten between which norms lie.
 * @param {Int16Array[]} shown
 */
function enclosing(shown) {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const values of shown)
    for (const value of values)
      if (value !== ZERO && value !== BROKEN) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
  return least > most ? UNKNOWN : decades(exponent(least), exponent(most));
}
