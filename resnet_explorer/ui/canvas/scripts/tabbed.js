// @ts-check
import { once } from "./dom.js";

const TABLE = '[data-testid="stDataFrame"]';

/** From now on Tab leaves a table, in which it would go from column to column: arrow keys go through its cells. */
export const pass = once(() => document.addEventListener("keydown", keydown, true));

/** @param {KeyboardEvent} event */
function keydown(event) {
  if (event.key === "Tab" && /** @type {Element} */ (event.target).closest(TABLE)) event.stopPropagation();
}
