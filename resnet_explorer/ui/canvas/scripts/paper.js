// @ts-check
import { once } from "./dom.js";

const PAPER = "print";
const CHARTS = ".js-plotly-plot";

/** @typedef {HTMLElement & { emit: () => void }} Chart */
/** @typedef {{ relayout: (chart: Chart, to: { width: number }) => void }} Plotly */

/**
 * Calls whenever a place has another size, also on paper, where nothing observes it; answers with what ends that.
 * @param {HTMLElement} place
 * @param {(printed: boolean) => void} fit told whether it is for paper
 */
export function fitted(place, fit) {
  const paper = matchMedia(PAPER);
  const call = () => fit(paper.matches);
  const watch = new ResizeObserver(call);
  watch.observe(place);
  paper.addEventListener("change", call);
  return () => {
    watch.disconnect();
    paper.removeEventListener("change", call);
  };
}

/**
 * From now on the page's charts are as wide on paper as their room there, and then again as they were. Streamlit is not
 * told meanwhile: it would draw them for the screen again.
 */
export const chart = once(() => {
  /** @type {Map<Chart, { width: number, emit: () => void }>} */
  const before = new Map();
  matchMedia(PAPER).addEventListener("change", ({ matches }) => {
    const { Plotly } = /** @type {{ Plotly?: Plotly }} */ (globalThis);
    for (const [each, { width, emit }] of before) {
      Plotly?.relayout(each, { width });
      each.emit = emit;
    }
    before.clear();
    if (!matches) return;
    for (const each of /** @type {NodeListOf<Chart>} */ (document.querySelectorAll(CHARTS))) {
      const room = each.clientWidth;
      if (!room) continue; // not printed
      before.set(each, { width: Number(each.querySelector("svg")?.getAttribute("width")), emit: each.emit });
      each.emit = () => {};
      Plotly?.relayout(each, { width: room });
    }
  });
});
