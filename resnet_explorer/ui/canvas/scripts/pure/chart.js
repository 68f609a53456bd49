// @ts-check
import { line } from "./line.js";
import { decades, LogScale } from "./scale.js";

/** A chart's height, and the room for labels on each side. */
export const CHART = { height: 230, left: 46, right: 10, top: 30, foot: 36 };

/** Numbers of a run against the step, the numbers on a logarithmic scale. */
export class Chart {
  /**
   * @param {(number | null)[]} values all that are drawn
   * @param {number} rule a number that has a line of its own; none where it is not above 0
   * @param {number} last how many steps the run has
   * @param {number} width in pixels
   */
  constructor(values, rule, last, width) {
    let [least, most] = [Number.POSITIVE_INFINITY, 0];
    for (const value of [rule, ...values])
      if (value !== null && value > 0) [least, most] = [Math.min(least, value), Math.max(most, value)];
    if (!most) [least, most] = [1, 1];
    const [low, high] = decades(Math.log10(least), Math.log10(most));
    this.scale = new LogScale(low, high, CHART.top, CHART.height - CHART.foot);
    this.rule = rule > 0 ? rule : null;
    this.last = last;
    this.width = width;
    this.end = width - CHART.right;
  }

  /** Axes, grid and labels are those of another chart with the same form. */
  get form() {
    return [this.scale.low, this.scale.high, this.width, this.last, this.rule].join();
  }

  /**
   * Where a step stands; the first is 0.
   * @param {number} step
   */
  x(step) {
    return CHART.left + (step / Math.max(1, this.last - 1)) * (this.end - CHART.left);
  }

  /** @param {number} value */
  y(value) {
    return this.scale.y(Math.log10(value));
  }

  /**
   * The step there, if that is in the chart.
   * @param {number} x
   */
  step(x) {
    if (x < CHART.left || x > this.end) return null;
    return Math.round(((x - CHART.left) / (this.end - CHART.left)) * (this.last - 1));
  }

  /** The steps that are named: first and last. */
  get named() {
    return this.last > 1 ? [0, this.last - 1] : [0];
  }

  /**
   * The line of a net; it breaks where a number is not finite, or not above 0.
   * @param {number[]} steps
   * @param {(number | null)[]} values
   */
  line(steps, values) {
    return line(
      steps.map((step, i) => {
        const value = values[i];
        return value !== null && value > 0 ? [this.x(step), this.y(value)] : null;
      }),
    );
  }
}
