// @ts-check
/** Paths of lines and of the marks on them. */

/** @typedef {[x: number, y: number]} Point */

const SQUARE = 5;
const RING = 3;
/** Around a point, by how wide and how high they are. */
const SYMBOLS = { square: box, x: cross, circle: disc, "circle-open": disc };

/**
 * A line through points; it breaks where there is none.
 * @param {(Point | null)[]} points
 */
export function line(points) {
  let [drawn, pen] = ["", "M"];
  for (const point of points) {
    if (point) drawn += `${pen}${at(point)}`;
    pen = point ? "L" : "M";
  }
  return drawn;
}

/**
 * A line in steps, across and then up.
 * @param {Point[]} points
 */
export function steps(points) {
  return points.map((point, i) => (i ? `H${point[0].toFixed(1)}V${point[1].toFixed(1)}` : `M${at(point)}`)).join("");
}

/**
 * Marks of a size on points, all as one path.
 * @param {(Point | null)[]} points
 * @param {{ symbol: keyof typeof SYMBOLS, size: number }} marker
 */
export function marks(points, { symbol, size }) {
  const around = SYMBOLS[symbol](size);
  return points.map((point) => (point ? `M${at(point)}${around}` : "")).join("");
}

/**
 * Around a point, by its radius.
 * @param {number} r
 */
function circle(r) {
  return `m${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
}

/** @param {number} size */
function disc(size) {
  return `${circle(size / 2)}z`;
}

/**
 * The same by its side.
 * @param {number} side
 */
function box(side) {
  return `m${-side / 2} ${-side / 2}h${side}v${side}h${-side}z`;
}

/**
 * Two strokes through a point, by the side of the box that they cross.
 * @param {number} side
 */
function cross(side) {
  return `m${-side / 2} ${-side / 2}l${side} ${side}m${-side} 0l${side} ${-side}`;
}

/** @param {Point} point */
function at([x, y]) {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

/**
 * A point that a round line cap draws.
 * @param {Point} point
 */
export function dot(point) {
  return `M${at(point)}h0`;
}

/** @param {Point} point */
export function square(point) {
  return `M${at(point)}${box(SQUARE)}`;
}

/** @param {Point} point */
export function ring(point) {
  return `M${at(point)}${circle(RING)}`;
}
