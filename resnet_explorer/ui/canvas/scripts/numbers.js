// @ts-check
import { led } from "./pure/reading.js";

/** Numbers of the text that show their formulas. */
const NUMBERS = ".derived";
const PARTS = '[data-testid="stMain"], [data-testid="stSidebar"]';

/** @type {Document | null} */
let heard = null;

/** From now on arrow keys lead from one number of the text to the next, since each table or paragraph is one Tab stop. */
export function hear() {
  if (heard === document) return;
  heard = document;
  document.addEventListener("keydown", (event) => {
    const at = /** @type {Element} */ (event.target);
    if (!at.matches?.(NUMBERS)) return;
    const numbers = /** @type {HTMLElement[]} */ ([...(at.closest(PARTS)?.querySelectorAll(NUMBERS) ?? [])]);
    const to = led(event.key, numbers.indexOf(/** @type {HTMLElement} */ (at)), numbers.length);
    if (to === undefined) return;
    numbers[to].focus();
    event.preventDefault();
  });
}
