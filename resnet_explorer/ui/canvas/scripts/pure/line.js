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
