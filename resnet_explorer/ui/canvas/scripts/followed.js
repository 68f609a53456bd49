// @ts-check
import { once } from "./dom.js";

/** Links in texts that lead to a page of the app: their address is its name, and perhaps a view. */
export const IN_TEXT =
  '[data-testid="stMain"] [data-testid="stMarkdownContainer"] a[href]:not([href*=":"], [href^="#"], [href^="/"])';
/** Links in texts that lead to papers and their like. */
export const AWAY = '[data-testid="stMain"] [data-testid="stMarkdownContainer"] a[href*="://"]';

/**
 * From now on a link in a text is followed without loading the page anew, where Streamlit's own would open another tab:
 * the address changes as by the browser's own arrows, which Streamlit hears.
 */
export const follow = once(() => document.addEventListener("click", click, true));

/** @param {MouseEvent} event */
function click(event) {
  const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest(IN_TEXT));
  if (!link || !plain(event)) return;
  event.preventDefault();
  event.stopPropagation();
  visit(link.href);
}

/** Whether a click asks for no other tab or window. @param {MouseEvent} event */
export function plain({ ctrlKey, metaKey, shiftKey, altKey }) {
  return !(ctrlKey || metaKey || shiftKey || altKey);
}

/** Go to a page, or a view, of the app. @param {string} address */
export function visit(address) {
  const page = /** @type {Window & typeof globalThis} */ (document.defaultView);
  page.history.pushState(null, "", address);
  page.dispatchEvent(new page.PopStateEvent("popstate"));
}
