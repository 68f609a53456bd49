// @ts-check
import { all, make } from "./dom.js";

/** @import { Axis } from "./axis.js" */

/** A stage that has something to fold, with its first column. @typedef {{ node: SVGElement, name: string, first: number, folded: boolean }} Stage */

/** What the visitor looks at: a layer, where on the screen it stands, how far the figure is scrolled, which layer is
 * pointed at, and whether the keyboard is here.
 *
 * @typedef {{ path: string, x: number, scrolled: number, at: string | null, focused: boolean }} Sight
 */

/** The first layer of the stage of a figure that has just been turned over. @type {WeakMap<Axis, string>} */
const TURNED = new WeakMap();

/**
 * Lets stages be turned over between equal blocks drawn as lines, and one by one: by a click on the name, or by F.
 * @param {Axis} axis
 * @param {(stage: string) => void} onStage
 */
export function foldable(axis, onStage) {
  const stages = folds(axis);
  const turn = (/** @type {Stage} */ { first, name }) => {
    TURNED.set(axis, axis.data.items[first][0]);
    onStage(name);
  };
  for (const stage of stages) {
    const { node, name, folded } = stage;
    node.onclick = (event) => {
      event.stopPropagation();
      turn(stage);
    };
    const words = folded ? `Draw each block of ${name}` : `Draw equal blocks of ${name} as lines`;
    make("title", {}, node).textContent = words;
  }
  axis.scroll.addEventListener("keydown", (event) => {
    const { at } = axis;
    if (event.key.toLowerCase() !== "f" || event.ctrlKey || event.metaKey || event.altKey || at === null) return;
    const stage = stages.findLast(({ first }) => first <= at);
    if (stage && !TURNED.has(axis)) turn(stage);
  });
}

/**
 * @param {Axis} axis
 * @returns {Stage[]}
 */
function folds(axis) {
  return all(axis.svg, ".stage[data-folds]").map((node) => ({
    node,
    name: node.dataset.folds ?? "",
    first: Number(node.dataset.first),
    folded: "folded" in node.dataset,
  }));
}

/**
 * What the visitor looks at: the stage that was turned over, else the column at the left edge.
 * @param {Axis} axis
 * @returns {Sight}
 */
export function sight(axis) {
  const { scroll, data, columns, fitted, k } = axis;
  const edge = columns.before(fitted?.unit(scroll.scrollLeft / k) ?? 0);
  const path = TURNED.get(axis) ?? data.items[edge][0];
  return {
    path,
    x: axis.pixels(columns.left(axis.column(path))) - scroll.scrollLeft,
    scrolled: scroll.scrollLeft,
    at: axis.at === null ? null : data.items[axis.at][0],
    focused: /** @type {Document | ShadowRoot} */ (scroll.getRootNode()).activeElement === scroll,
  };
}

/**
 * Lets the visitor look at the same in another figure.
 * @param {Axis} axis
 * @param {Sight} seen
 */
export function look(axis, { path, x, scrolled, at, focused }) {
  const found = axis.column(path);
  axis.scroll.scrollLeft = found < 0 ? scrolled : axis.pixels(axis.columns.left(found)) - x;
  if (focused) {
    axis.scroll.focus({ preventScroll: true });
    const column = axis.column(at);
    if (column >= 0) axis.show(column);
  }
  axis.slide();
}
