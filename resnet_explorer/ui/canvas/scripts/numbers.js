// @ts-check
import { once } from "./dom.js";
import { AWAY, IN_TEXT } from "./followed.js";
import { led } from "./pure/reading.js";
import { reach } from "./tables.js";
import { tell } from "./terms.js";

const MAIN = '[data-testid="stMain"]';
/** Numbers of the text that show their formulas, and words that show what they mean: all of a part of the page are one Tab stop. */
const NUMBERS = ".derived, .told";
const PARTS = `${MAIN}, [data-testid="stSidebar"]`;
/** Buttons and links that stand in a row are one, too. */
const ROW = '[data-testid="stHorizontalBlock"]';
/** So are those of a choice. */
const BARS = '[data-testid="stButtonGroup"]';
/** So are all that stand over charts, and all that say what a control is for. */
const ALIKE = [".modebar button", 'button[aria-label^="Help for "]'];
const PRESSED = ["stButton", "stDownloadButton", "stPopover", "stPageLink"].map((id) => `[data-testid="${id}"]`).join();

/** From now on arrow keys lead from one number of the text to the next, from one link of it to the next (to pages, to papers), and from one button of a row to the next. */
export const hear = once(() => {
  document.addEventListener("keydown", (event) => {
    const group = groups().find((each) => each.includes(/** @type {HTMLElement} */ (event.target)));
    if (group) lead(event, group);
  });
  new MutationObserver(arrangeAll).observe(document.body, { childList: true, subtree: true });
  arrangeAll();
});

/**
 * Buttons of a picture that stand in a row are one Tab stop as well.
 * @param {HTMLElement} host
 * @param {() => HTMLElement[]} buttons those that can be used now
 */
export function together(host, buttons) {
  host.addEventListener("keydown", (event) => {
    const group = buttons();
    if (group.includes(/** @type {HTMLElement} */ (event.target))) lead(event, group);
  });
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement[]} group
 */
function lead(event, group) {
  const to = led(event.key, group.indexOf(/** @type {HTMLElement} */ (event.target)), group.length);
  if (to === undefined) return;
  arrange(group, to);
  group[to].focus();
  event.preventDefault();
}

/** What has come has its Tab stops before the page is painted. */
function arrangeAll() {
  tell();
  reach();
  const at = /** @type {HTMLElement} */ (document.activeElement);
  for (const group of groups()) arrange(group, Math.max(0, group.indexOf(at)));
}

/**
 * What arrow keys lead through.
 * @returns {HTMLElement[][]}
 */
function groups() {
  const numbers = [...document.querySelectorAll(PARTS)].map((part) => [...part.querySelectorAll(NUMBERS)]);
  const ways = [IN_TEXT, AWAY].map((links) => [...document.querySelectorAll(links)]);
  const rows = [...document.querySelectorAll(`${MAIN} ${ROW}`)].map((row) =>
    [...row.querySelectorAll(PRESSED)]
      .filter((each) => each.closest(ROW) === row)
      .flatMap((each) => each.querySelector("button:not(:disabled), a[href]") ?? []),
  );
  const bars = [...document.querySelectorAll(BARS)].map((bar) => [...bar.querySelectorAll("button:not(:disabled)")]);
  const alike = ALIKE.map((each) => [...document.querySelectorAll(`${MAIN} :is(${each}):not(:disabled)`)]);
  return /** @type {HTMLElement[][]} */ (
    [...numbers, ...ways, ...rows, ...bars, ...alike].filter((each) => each.length)
  );
}

/**
 * @param {HTMLElement[]} group
 * @param {number} stop the one at which the tab key stops
 */
export function arrange(group, stop) {
  group.forEach((each, i) => {
    const index = i === stop ? 0 : -1;
    if (each.tabIndex !== index) each.tabIndex = index;
  });
}
