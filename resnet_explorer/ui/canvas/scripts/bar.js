// @ts-check
import { once } from "./dom.js";
import { held } from "./ways.js";

/** Links to pages: in the bar, in the list that takes its place on a narrow screen, and on pages. */
const BAR = ["stTopNavLink", "stTopNavDropdownLink", "stSidebarNavLink"].map((id) => `[data-testid="${id}"]`).join();
const LINKS = `${BAR}, [data-testid="stPageLink-NavLink"]`;
/** How a view is shown stays with its page (`link.py`). */
const SHOWN = ["present", "talk", "beat", "notes", "print", "room"];

/**
 * From now on a link of the bar holds the view, for who opens it in another tab or copies it, and a click that asks for
 * another tab or window gets one: Streamlit's own links say the page alone, and turn this tab to it whatever is asked.
 */
export const carry = once(() => {
  for (const kind of ["pointerdown", "focusin"]) document.addEventListener(kind, fill, true);
  document.addEventListener("click", keep, true);
});

/** @param {Event} event */
function fill({ target }) {
  const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (target).closest(BAR));
  if (!link) return;
  const view = new URLSearchParams(document.location.search);
  for (const name of SHOWN) view.delete(name);
  const front = link.pathname.endsWith("/"); // with a view its address would be one of Explore
  link.search = front ? "" : (held() ?? view.toString().replaceAll("%2C", ","));
}

/** @param {MouseEvent} event */
function keep(event) {
  const aside = event.ctrlKey || event.metaKey || event.shiftKey;
  if (aside && /** @type {Element} */ (event.target).closest(LINKS)) event.stopPropagation();
}
