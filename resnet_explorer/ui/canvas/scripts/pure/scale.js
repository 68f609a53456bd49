// @ts-check
/** Logarithmic scales, between whole powers of ten. */

/**
 * The powers of ten that enclose two exponents: a decade at least.
 * @param {number} least
 * @param {number} most
 * @returns {[low: number, high: number]}
 */
export function decades(least, most) {
  const low = Math.floor(least);
  return [low, Math.max(low + 1, Math.ceil(most))];
}

/** From 10^low at the foot to 10^high at the top, in pixels. */
export class LogScale {
  /**
   * @param {number} low
   * @param {number} high
   * @param {number} top
   * @param {number} foot
   */
  constructor(low, high, top, foot) {
    this.low = low;
    this.high = high;
    this.top = top;
    this.foot = foot;
  }

  /**
   * Where 10^exponent stands.
   * @param {number} exponent
   */
  y(exponent) {
    return this.foot - ((exponent - this.low) / (this.high - this.low)) * (this.foot - this.top);
  }

  /**
   * Exponents of grid lines, evenly from the lowest on; there are so many steps between them at most.
   * @param {number} most
   */
  ticks(most) {
    const every = Math.ceil((this.high - this.low) / most);
    return Array.from({ length: Math.floor((this.high - this.low) / every) + 1 }, (_, i) => this.low + i * every);
  }
}
