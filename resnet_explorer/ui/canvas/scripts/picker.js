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
    /** How often was picked here, and how often the page has heard of. */
    this.turn = this.heard = 0;
    /** What it may not have heard of, each with its turn. @type {[turn: number, told: string][]} */
    this.waits = [];
  }

  /** @param {PickerData} data */
  update({ look, picks, turn }) {
    // Who answers an earlier pick would take back what has been picked since; a session that begins counts anew.
    const late = this.heard <= turn && turn < this.turn;
    this.heard = turn;
    if (!late) this.turn = turn;
    this.waits = this.waits.filter(([each]) => late && each > turn);
    this.row.dataset.look = look;
    const known = (/** @type {string} */ name) => this.picks.get(name) ?? new Pick(this.row, name, this.take);
    const kept = new Map(picks.map(({ name }) => [name, known(name)]));
    for (const [name, pick] of this.picks) if (!kept.has(name)) pick.label.remove();
    this.picks = kept;
    for (const each of picks) kept.get(each.name)?.update(each, late);
  }

  /** Tells what is picked, and again all that the page may not have heard of: it hears the latest alone. */
  take = (/** @type {string} */ told) => {
    this.waits.push([++this.turn, told]);
    this.tell("pick", this.waits.map((each) => each.join(" ")).join("\n"));
  };

  close() {
    this.host.replaceChildren();
  }
}

/** One of them. */
class Pick {
  /**
   * @param {HTMLElement} row
   * @param {string} name
   * @param {(told: string) => void} take
   */
  constructor(row, name, take) {
    this.label = element("label", "rx-pick", row);
    this.words = element("span", "rx-pick-label", this.label);
    this.box = element("select", "rx-pick-box", element("span", "rx-pick-frame", this.label));
    this.box.onchange = () => take(`${name} ${this.box.value}`);
    this.form = "";
  }

  /**
   * @param {PickData} data
   * @param {boolean} late whether something has been picked since
   */
  update({ label, chosen, titles, help }, late) {
    const now = this.box.value;
    const form = JSON.stringify(titles);
    if (form !== this.form) {
      this.form = form;
      this.box.replaceChildren();
      for (const [name, title] of titles) element("option", "", this.box, title).value = name;
    }
    this.words.textContent = label;
    this.label.title = help;
    this.box.value = late && titles.some(([name]) => name === now) ? now : chosen;
  }
}
