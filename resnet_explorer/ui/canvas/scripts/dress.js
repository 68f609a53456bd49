// @ts-check

/** What drawings and figures look like; the server writes it here. */
const LOOK = "RULES";

/** One sheet for all of a page's components. @type {CSSStyleSheet | null} */
let sheet = null;

/**
 * Has a component look as it is to look.
 * @param {HTMLElement} host
 */
export function dress(host) {
  const root = /** @type {Document | ShadowRoot} */ (host.getRootNode());
  if (!root.adoptedStyleSheets) return; // without a browser nothing looks like anything
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(LOOK);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}
