// @ts-check
import { element, set } from "./dom.js";

/** The place of a button, in pixels. @typedef {{ left: number, top: number, width: number, height: number }} Box */
/** @typedef {{ blocks: string, on: boolean }} Shortcut */
/** Where the button of each shortcut stands (null before its net is placed), who is told of the blocks whose shortcut was pressed, and of the focus. @typedef {{ box: (i: number) => Box | null, cut: (blocks: string) => void, seen: () => void }} On */

/** @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/**
 * A button over each shortcut of a net, which cuts it or puts it back. They are one stop of the Tab key: left and right
 * go from one to the next.
 */
export class Cuts {
  /**
   * @param {HTMLElement} host
   * @param {Shortcut[]} shortcuts
   * @param {On} on
   */
  constructor(host, shortcuts, on) {
    this.on = on;
    this.row = element("div", "rx-cuts", host);
    set(this.row, { role: "group", "aria-label": "Shortcuts. Enter cuts one or puts it back" });
    this.buttons = shortcuts.map((each) => {
      const button = element("button", "rx-cut", this.row);
      set(button, {
        type: "button",
        "aria-pressed": String(each.on),
        "aria-label": `shortcut of ${each.blocks}`,
        tabindex: -1,
      });
      button.title = each.on ? `Cut the shortcut of ${each.blocks}` : `Put the shortcut of ${each.blocks} back`;
      button.onclick = (event) => {
        event.stopPropagation();
        on.cut(each.blocks);
      };
      return button;
    });
    if (this.buttons.length) this.buttons[0].tabIndex = 0;
    this.row.addEventListener("keydown", (event) => this.key(event));
    this.row.addEventListener("focusin", () => on.seen());
    this.fit();
  }

  fit() {
    for (const [i, button] of this.buttons.entries())
      for (const [name, size] of Object.entries(this.on.box(i) ?? {}))
        button.style.setProperty(name, `${size.toFixed(1)}px`);
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
