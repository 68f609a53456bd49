// @ts-check
import { element, set } from "./dom.js";

/** @import { Axis } from "./axis.js" */

/** How much higher than an arc its button is, and how wide it is at least, in units of the drawing. */
const [ABOVE, HEIGHT, LEAST] = [27, 31, 24];
/** @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/**
 * A button over each shortcut of a net, which cuts it or puts it back. They are one stop of the Tab key: left and right
 * go from one to the next.
 */
export class Cuts {
  /**
   * @param {Axis} axis
   * @param {(blocks: string) => void} onCut told of the blocks whose shortcut was pressed
   */
  constructor(axis, onCut) {
    this.axis = axis;
    this.row = element("div", "rx-cuts", axis.scroll);
    set(this.row, { role: "group", "aria-label": "Shortcuts. Enter cuts one or puts it back" });
    this.buttons = axis.data.cuts.map(({ blocks, on }) => {
      const button = element("button", "rx-cut", this.row);
      set(button, { type: "button", "aria-pressed": String(on), "aria-label": `shortcut of ${blocks}`, tabindex: -1 });
      button.title = on ? `Cut the shortcut of ${blocks}` : `Put the shortcut of ${blocks} back`;
      button.onclick = (event) => {
        event.stopPropagation();
        onCut(blocks);
      };
      return button;
    });
    if (this.buttons.length) this.buttons[0].tabIndex = 0;
    this.row.addEventListener("keydown", (event) => this.key(event));
    this.row.addEventListener("focusin", () => axis.show(null));
    this.fit();
  }

  fit() {
    const { axis } = this;
    axis.data.cuts.forEach(({ first, last, foot }, i) => {
      const [left, right] = [axis.columns.left(first), axis.columns.right(last)].map((unit) => axis.pixels(unit));
      const width = Math.max(LEAST * axis.k, right - left);
      const box = { left: (left + right - width) / 2, top: (foot - ABOVE) * axis.k, width, height: HEIGHT * axis.k };
      for (const [name, size] of Object.entries(box))
        this.buttons[i].style.setProperty(name, `${/** @type {number} */ (size).toFixed(1)}px`);
    });
  }

  /**
   * Keys of a button are not those of the drawing.
   * @param {KeyboardEvent} event
   */
  key(event) {
    if (event.key !== "Escape") event.stopPropagation();
    const by = STEPS[event.key];
    const at = this.focused();
    if (!by || at < 0) return;
    event.preventDefault();
    this.focus(Math.min(this.buttons.length - 1, Math.max(0, at + by)));
  }

  /** Which button has the focus, or -1. */
  focused() {
    const root = /** @type {Document | ShadowRoot} */ (this.row.getRootNode());
    return this.buttons.indexOf(/** @type {HTMLButtonElement} */ (root.activeElement));
  }

  /** @param {number} at */
  focus(at) {
    if (!this.buttons[at]) return;
    for (const [i, button] of this.buttons.entries()) button.tabIndex = i === at ? 0 : -1;
    this.buttons[at].focus();
  }
}
