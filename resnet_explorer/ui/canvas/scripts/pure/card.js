// @ts-check
/** Where the card with a layer's numbers stands in its figure, in pixels. */

/** @typedef {{ width: number, height: number }} Size */

/** Between a column and the card. */
const GAP = 12;

/**
 * Beside a column, on the side with more room and inside the figure; where it would cover the column, under the net.
 * @param {{ left: number, right: number }} column
 * @param {{ y: number, under: number }} heights
 * @param {Size} card
 * @param {Size} figure
 */
export function beside(column, { y, under }, card, figure) {
  const right = column.right + GAP;
  const x = right + card.width <= figure.width ? right : column.left - GAP - card.width;
  const lowest = Math.max(0, figure.height - card.height);
  return { left: within(x, card, figure), top: x < 0 ? under : Math.min(y, lowest) };
}

/**
 * Under an operation, and inside the figure's width.
 * @param {{ left: number, foot: number }} operation
 * @param {Size} card
 * @param {Size} figure
 */
export function below(operation, card, figure) {
  return { left: within(operation.left, card, figure), top: operation.foot };
}

/**
 * Over a part, or under it where there is more room, and inside the figure.
 * @param {{ left: number, top: number, foot: number }} part
 * @param {Size} card
 * @param {Size} figure
 */
export function above({ left, top, foot }, card, figure) {
  const lowest = Math.max(0, figure.height - card.height);
  const under = top < card.height && figure.height - foot > top;
  return { left: within(left, card, figure), top: under ? Math.min(foot, lowest) : Math.max(0, top - card.height) };
}

/**
 * @param {number} x
 * @param {Size} card
 * @param {Size} figure
 */
function within(x, card, figure) {
  return Math.max(0, Math.min(x, figure.width - card.width));
}
