// @ts-check
/** Points of a described figure as they travel. */

import { filled } from "./told.js";

/** @import { DescribedPoints, Packed } from "../described.js" */

/** By their x, points that answer together: which of which trace. @typedef {[x: number, points: [Points, i: number][]][]} Columns */

const ARRAYS = { i2: Int16Array, i4: Int32Array, f4: Float32Array, f8: Float64Array };

/** The points of a trace; where there is no y there is a gap. */
export class Points {
  /** @param {DescribedPoints} trace */
  constructor(trace) {
    this.trace = trace;
    /** @type {number[]} */
    this.x = unpacked(trace.x);
    /** @type {(number | null)[]} */
    this.y = unpacked(trace.y);
    this.customdata = unpacked(trace.customdata ?? []);
  }

  /** @param {number} i */
  said(i) {
    return filled(this.trace.hovertemplate ?? "", { y: this.y[i], customdata: this.customdata[i] });
  }
}

/**
 * A list as it is, or the numbers of an array, in rows where it has some.
 * @param {any[] | Packed} sent
 * @returns {any[]}
 */
export function unpacked(sent) {
  if (Array.isArray(sent)) return sent;
  const { dtype, bdata, shape = "" } = sent;
  const bytes = Uint8Array.from(atob(bdata), (c) => c.charCodeAt(0));
  const all = Array.from(new ARRAYS[dtype](bytes.buffer));
  const [count, wide] = shape.split(",").map(Number);
  return wide ? Array.from({ length: count }, (_, i) => all.slice(i * wide, (i + 1) * wide)) : all;
}

/**
 * @param {Points[]} told
 * @returns {Columns}
 */
export function columns(told) {
  /** @type {Map<number, [Points, number][]>} */
  const found = new Map();
  for (const points of told)
    points.x.forEach((x, i) => {
      if (points.y[i] !== null) found.set(x, [...(found.get(x) ?? []), [points, i]]);
    });
  return [...found].sort(([one], [other]) => one - other);
}
