// @ts-check
import { once } from "./dom.js";
import { APP, CONNECTION, lost } from "./line.js";

/** @import { Tell } from "./data.js" */

/** What Streamlit puts before the page when its server is away, in words for those who run it. */
const DIALOG = '[data-testid="stDialog"] button[aria-label="Close"]';

/** The way to the page of what was shown last. @type {Tell} */
let through;

/**
 * From now on the page runs whenever its server is back, before its visitor does anything. A server that was restarted,
 * or has waited long for a closed laptop, knows neither the view nor a control: what is done first would be lost. Until
 * then the page says in a line that it is away (`styled.py`), and stays to be read and moved: no dialog stands before it.
 * @param {Tell} tell
 */
export function wake(tell) {
  through = tell;
  if (document.querySelector(APP)) watch();
}

const watch = once(() => {
  const app = /** @type {Element} */ (document.querySelector(APP));
  let before = app.getAttribute(CONNECTION);
  new MutationObserver(() => {
    const now = app.getAttribute(CONNECTION);
    if (before === "CONNECTED" && now !== before) lost();
    if (now === "CONNECTED" && before !== now) through("again", true);
    before = now;
  }).observe(app, { attributeFilter: [CONNECTION] });
  new MutationObserver(() => {
    if (before === "CONNECTED") return;
    for (const each of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(DIALOG))) each.click();
  }).observe(document.body, { childList: true });
});
