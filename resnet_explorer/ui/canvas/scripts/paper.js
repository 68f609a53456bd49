// @ts-check
import { once } from "./dom.js";

export const MAIN = '[data-testid="stMainBlockContainer"]';
const CHARTS = ".js-plotly-plot";

/** @typedef {HTMLElement & { emit: () => void }} Chart */
/** @typedef {{ relayout: (chart: Chart, to: { width: number }) => void }} Plotly */

/** What is drawn anew for paper, told of it, and again for the screen. @type {Set<(printed: boolean) => void>} */
const fits = new Set();
/** Whether the browser prints: what is drawn for paper is not to be fitted to the window meanwhile. */
let printing = false;

/**
 * Calls whenever a place has another size, also on paper, where nothing observes it; answers with what ends that.
 * @param {HTMLElement} place
 * @param {(printed: boolean) => void} fit told whether it is for paper
 */
export function fitted(place, fit) {
  const watch = new ResizeObserver(() => printing || fit(false));
  watch.observe(place);
  fits.add(fit);
  return () => {
    watch.disconnect();
    fits.delete(fit);
  };
}

/**
 * From now on everything is drawn anew for paper: as wide as it will be, before the browser counts the pages, and once
 * more when it has laid them out.
 */
export const print = once(() => {
  const charts = new Charts();
  const draw = (/** @type {boolean} */ printed) => {
    for (const fit of fits) fit(printed);
    charts.fit(printed);
  };
  globalThis.addEventListener("beforeprint", () => {
    printing = true;
    const main = document.querySelector(MAIN);
    main?.classList.add("on-paper");
    draw(true);
    main?.classList.remove("on-paper");
  });
  globalThis.addEventListener("afterprint", () => {
    printing = false;
    draw(false);
  });
  matchMedia("print").addEventListener("change", ({ matches }) => draw(matches));
});

/** The page's charts. */
class Charts {
  constructor() {
    /** How they are on the screen. @type {Map<Chart, { width: number, emit: () => void }>} */
    this.before = new Map();
  }

  /**
   * On paper as wide as their room, and then again as before. Streamlit is not told meanwhile: it would draw them for the
   * screen again.
   * @param {boolean} printed
   */
  fit(printed) {
    const { Plotly } = /** @type {{ Plotly?: Plotly }} */ (globalThis);
    if (!printed) {
      for (const [each, { width, emit }] of this.before) {
        Plotly?.relayout(each, { width });
        each.emit = emit;
      }
      return this.before.clear();
    }
    for (const each of /** @type {NodeListOf<Chart>} */ (document.querySelectorAll(CHARTS))) {
      const [room, width] = [each.clientWidth, Number(each.querySelector("svg")?.getAttribute("width"))];
      if (!room || room === width) continue;
      if (!this.before.has(each)) this.before.set(each, { width, emit: each.emit });
      each.emit = () => {};
      Plotly?.relayout(each, { width: room });
    }
  }
}
