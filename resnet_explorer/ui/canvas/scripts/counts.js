// @ts-check
import { element, set, still } from "./dom.js";
import { MOVE_MS } from "./motion.js";
import { between, gauge } from "./pure/count.js";
import { short } from "./pure/words.js";

/** @import { CountData } from "./data.js" */

/** Numbers in a row, each with its formula; where there is a limit, a bar shows how much of it is used. */
export class Counts {
  /** @param {HTMLElement} host */
  constructor(host) {
    this.row = element("div", "rx-counts", host);
    /** @type {Map<string, Count>} */
    this.cells = new Map();
  }

  /** In their order. */
  numbers() {
    return [...this.cells.values()].map((cell) => cell.number);
  }

  /** @param {CountData[]} counts */
  set(counts) {
    const limited = counts.some((each) => each.limit);
    this.row.classList.toggle("rx-limits", limited);
    const keys = new Set(counts.map((each) => each.key));
    for (const [key, cell] of this.cells)
      if (!keys.has(key)) {
        cell.close();
        this.cells.delete(key);
      }
    for (const each of counts) this.cell(each.key).set(each);
  }

  /** @param {string} key */
  cell(key) {
    const cell = this.cells.get(key) ?? new Count(this.row);
    this.cells.set(key, cell);
    return cell;
  }

  close() {
    for (const cell of this.cells.values()) cell.close();
    this.row.remove();
  }
}

class Count {
  /** @param {HTMLElement} row */
  constructor(row) {
    this.box = element("div", "rx-count", row);
    this.label = element("span", "rx-label", this.box);
    this.number = element("span", "rx-number", this.box);
    this.number.tabIndex = 0;
    this.number.setAttribute("role", "note");
    this.of = element("span", "rx-of", this.box);
    this.gauge = element("div", "rx-gauge", this.box);
    this.gauge.setAttribute("role", "meter");
    this.used = element("i", "rx-used", this.gauge);
    this.past = element("i", "rx-past", this.gauge);
    this.note = element("span", "rx-note", this.box);
    /** @type {number | null} */
    this.value = null;
    this.due = 0;
  }

  /** @param {CountData} data */
  set(data) {
    const { label, value, text, formula, limit, note } = data;
    this.label.textContent = label;
    set(this.number, { "data-f": formula, "aria-label": `${label}: ${text}. ${formula}` });
    this.of.textContent = limit ? `of ${limit.text}` : "";
    this.note.textContent = note;
    this.box.classList.toggle("rx-over", limit !== null && value > limit.most);
    this.gauge.hidden = !limit;
    if (limit) this.fill(data, limit);
    if (value !== this.value) this.count(value, text);
  }

  /**
   * What is past the limit is hatched.
   * @param {CountData} data
   * @param {NonNullable<CountData["limit"]>} limit
   */
  fill({ label, value, text, note }, limit) {
    const { end, used, past } = gauge(value, limit.most);
    this.used.style.width = `${used}%`;
    this.past.style.width = `${past}%`;
    set(this.gauge, {
      "aria-label": label,
      "aria-valuemin": 0,
      "aria-valuemax": end,
      "aria-valuenow": value,
      "aria-valuetext": `${text} of ${limit.text}, ${note}`,
    });
  }

  /**
   * From the number before to this one.
   * @param {number} value
   * @param {string} text
   */
  count(value, text) {
    const from = this.value;
    this.value = value;
    cancelAnimationFrame(this.due);
    if (from === null || still()) {
      this.number.textContent = text;
      return;
    }
    const begin = performance.now();
    const step = (/** @type {number} */ now) => {
      const part = (now - begin) / MOVE_MS;
      this.number.textContent = part < 1 ? short(between(from, value, part)) : text;
      if (part < 1) this.due = requestAnimationFrame(step);
    };
    this.due = requestAnimationFrame(step);
  }

  close() {
    cancelAnimationFrame(this.due);
    this.box.remove();
  }
}
