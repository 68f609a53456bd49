// @ts-check
/** Paths of lines and of the marks on them. */

/** @typedef {[x: number, y: number]} Point */

const HALF_SQUARE = 2.5;
const RING = 3;

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
 * @param {Point[]} points
 * @param {{ symbol: "circle" | "circle-open" | "square", size: number }} marker
 */
export function marks(points, { symbol, size }) {
  const r = size / 2;
  const round = `m${-r} 0a${r} ${r} 0 1 0 ${size} 0a${r} ${r} 0 1 0 ${-size} 0z`;
  const around = symbol === "square" ? `m${-r} ${-r}h${size}v${size}h${-size}z` : round;
  return points.map((point) => `M${at(point)}${around}`).join("");
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
  const side = 2 * HALF_SQUARE;
  return `M${at(point)}m-${HALF_SQUARE} -${HALF_SQUARE}h${side}v${side}h-${side}z`;
}

/** @param {Point} point */
export function ring(point) {
  return `M${at(point)}m-${RING} 0a${RING} ${RING} 0 1 0 ${2 * RING} 0a${RING} ${RING} 0 1 0 -${2 * RING} 0`;
}
