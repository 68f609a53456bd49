// @ts-check
import { element, set } from "./dom.js";
import { Head } from "./head.js";
import { arrange, together } from "./numbers.js";
import { panel, pressed } from "./panel.js";
import { Share } from "./share.js";

/** @import { Tell } from "./data.js" */
/** @import { Act, ToolsData } from "./kinds.js" */

/** What can be done with a view: a bar that is one stop of the Tab key, whose arrows go from one tool to the next. */
export class Tools {
  /**
   * @param {HTMLElement} host
   * @param {Tell} tell
   */
  constructor(host, tell) {
    this.host = host;
    this.tell = tell;
    this.bar = element("div", "rx-tools", host);
    set(this.bar, { role: "toolbar", "aria-label": "This view" });
    this.acts = element("div", "rx-tools-acts", this.bar);
    /** @type {Map<string, HTMLButtonElement>} */
    this.buttons = new Map();
    this.sheet = new Sheet(this.bar, tell);
    this.head = new Head();
    /** @type {Share | null} */
    this.share = null;
    together(this.bar, () => this.all());
  }

  /**
   * @param {ToolsData} data
   * @param {Tell} tell
   */
  update({ acts, blanks, head, share }, tell) {
    const kept = new Map(acts.map((act) => [act.name, this.buttons.get(act.name) ?? this.made(act)]));
    for (const [name, button] of this.buttons) if (!kept.has(name)) button.remove();
    this.buttons = kept;
    for (const act of acts) dressed(/** @type {HTMLButtonElement} */ (kept.get(act.name)), act);
    this.sheet.update(blanks);
    this.head.update(head, this.host.classList.contains("rx-night"));
    if (share) {
      this.share ??= new Share(element("div", "", this.bar));
      this.share.update(share, tell);
    }
    const all = this.all();
    const stop = all.findIndex((each) => each.tabIndex === 0);
    arrange(all, Math.max(0, stop));
  }

  /** @param {Act} act */
  made({ name }) {
    return tool(this.acts, () => this.tell("act", name));
  }

  /** The tools that can be used, in their order: not what stands in a panel. @returns {HTMLButtonElement[]} */
  all() {
    return [.../** @type {NodeListOf<HTMLButtonElement>} */ (this.bar.querySelectorAll("button"))].filter(
      (each) => !each.closest("dialog") && !each.disabled && !each.hidden,
    );
  }

  close() {
    this.share?.close();
    this.head.close();
    this.host.replaceChildren();
  }
}

/** How the page is printed: a tool, and the panel that it opens. */
class Sheet {
  /**
   * @param {HTMLElement} bar
   * @param {Tell} tell
   */
  constructor(bar, tell) {
    this.opener = tool(bar, () => this.panel.showModal());
    dressed(this.opener, { name: "", label: "Hand-out", icon: "print", help: "This page on paper", off: false });
    this.panel = panel(bar, "Hand-out");
    this.panel.classList.add("rx-sheet");
    const line = element("label", "rx-sheet-line", this.panel);
    this.box = element("input", "", line);
    this.box.type = "checkbox";
    this.box.onchange = () => tell("act", "blanks");
    line.append("Blanks in place of numbers");
    const words = "On paper its link stands above the page, as a code too; blanks leave a line to write on in place of";
    element("p", "", this.panel, `${words} each number that can be worked out.`);
    const row = element("div", "rx-share-row", this.panel);
    pressed("Print", row, () => {
      this.panel.close();
      globalThis.print();
    });
    pressed("Close", row, () => this.panel.close());
  }

  /** @param {boolean | null} blanks */
  update(blanks) {
    this.opener.hidden = blanks === null;
    this.box.checked = Boolean(blanks);
  }
}

/**
 * @param {HTMLElement} at
 * @param {() => void} press
 */
function tool(at, press) {
  const made = element("button", "rx-tool", at);
  made.type = "button";
  made.onclick = press;
  element("span", "rx-icon", made).ariaHidden = "true";
  element("span", "rx-tool-name", made);
  return made;
}

/**
 * @param {HTMLButtonElement} button
 * @param {Act} act
 */
function dressed(button, { label, icon, help, off }) {
  button.children[0].textContent = icon;
  button.children[1].textContent = label;
  button.title = help || label;
  button.disabled = off;
}
