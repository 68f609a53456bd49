// @ts-check

const REMEMBERED = "stSidebarCollapsed";

/** @type {Document | null} */
let heard = null;

/** A sidebar that was open is not open when the next page comes: Streamlit would open it late, and push the page aside. */
export function forget() {
  if (heard === document) return;
  heard = document;
  const view = /** @type {Window} */ (document.defaultView);
  view.addEventListener("pagehide", () => {
    const { localStorage } = view;
    for (const name of Object.keys(localStorage)) if (name.startsWith(REMEMBERED)) localStorage.removeItem(name);
  });
}
