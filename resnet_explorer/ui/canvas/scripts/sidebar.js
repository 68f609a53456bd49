// @ts-check
import { once } from "./dom.js";

const REMEMBERED = "stSidebarCollapsed";

/** A sidebar that was open is not open when the next page comes: Streamlit would open it late, and push the page aside. */
export const forget = once(() => {
  const view = /** @type {Window} */ (document.defaultView);
  view.addEventListener("pagehide", () => {
    const { localStorage } = view;
    for (const name of Object.keys(localStorage)) if (name.startsWith(REMEMBERED)) localStorage.removeItem(name);
  });
});
