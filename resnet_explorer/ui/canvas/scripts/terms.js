// @ts-check
import { set } from "./dom.js";

/** A word that texts mark; the first of a page shows what it means. */
const TERM = '[data-testid="stMain"] .term';
const TOLD = "told";

/** The first use of each word on the page shows what it means; where it has gone, the next one does. */
export function tell() {
  const known = new Set();
  for (const term of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(TERM))) {
    const { t: name, f: words } = term.dataset;
    const first = !known.has(name);
    known.add(name);
    if (first === term.classList.contains(TOLD)) continue;
    term.classList.toggle(TOLD, first);
    if (first) set(term, { role: "note", tabindex: -1, "aria-label": `${term.textContent}: ${words}` });
    else for (const each of ["role", "tabindex", "aria-label"]) term.removeAttribute(each);
  }
}
