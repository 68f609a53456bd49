// @ts-check
import { element } from "./dom.js";

/** @import { Tell } from "./data.js" */
/** @import { PickData, PickerData } from "./kinds.js" */

/** Choices among names, side by side: lists of the browser's own, which a keyboard, a telephone and a reader know. */
export class Picker {
  /**
   * @param {HTMLElement} host
   * @param {Tell} tell
   */
  constructor(host, tell) {
    this.host = host;
    this.tell = tell;
    this.row = element("div", "rx-picker", host);
    /** @type {Map<string, Pick>} */
    this.picks = new Map();
  }

  /** @param {PickerData} data */
  update({ look, picks }) {
    this.row.dataset.look = look;
    const kept = new Map(picks.map(({ name }) => [name, this.picks.get(name) ?? new Pick(this.row, name, this.tell)]));
    for (const [name, pick] of this.picks) if (!kept.has(name)) pick.label.remove();
    this.picks = kept;
    for (const each of picks) kept.get(each.name)?.update(each);
  }

  close() {
    this.host.replaceChildren();
  }
}

/** One of them. */
class Pick {
  /**
   * @param {HTMLElement} row
   * @param {string} name
   * @param {Tell} tell
   */
  constructor(row, name, tell) {
    this.label = element("label", "rx-pick", row);
    this.words = element("span", "rx-pick-label", this.label);
    this.box = element("select", "rx-pick-box", element("span", "rx-pick-frame", this.label));
    this.box.onchange = () => tell("pick", `${name} ${this.box.value}`);
    this.form = "";
  }

  /** @param {PickData} data */
  update({ label, chosen, titles, help }) {
    const form = JSON.stringify(titles);
    if (form !== this.form) {
      this.form = form;
      this.box.replaceChildren();
      for (const [name, title] of titles) element("option", "", this.box, title).value = name;
    }
    this.words.textContent = label;
    this.label.title = help;
    this.box.value = chosen;
  }
}
