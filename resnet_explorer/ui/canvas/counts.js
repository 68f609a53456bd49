// Numbers in a row, each with its formula; where there is a limit, a bar shows how much of it is used.

const MOVE_MS = 600; // how long numbers count and drawings move from one net to the next

function still() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

class Counts {
  constructor(host) {
    this.row = element("div", "rx-counts", host);
    this.cells = new Map();
  }

  set(counts) {
    this.row.classList.toggle("rx-limits", counts.some((each) => each.limit));
    const keys = new Set(counts.map((each) => each.key));
    for (const [key, cell] of this.cells) if (!keys.has(key)) this.drop(key, cell);
    for (const each of counts) {
      if (!this.cells.has(each.key)) this.cells.set(each.key, new Count(this.row));
      this.cells.get(each.key).set(each);
    }
  }

  drop(key, cell) {
    cell.close();
    this.cells.delete(key);
  }

  close() {
    for (const cell of this.cells.values()) cell.close();
    this.row.remove();
  }
}

class Count {
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
  }

  set(data) {
    const { label, text, formula, limit, note } = data;
    this.label.textContent = label;
    this.number.dataset.f = formula;
    this.number.setAttribute("aria-label", `${label}: ${text}. ${formula}`);
    this.of.textContent = limit ? `of ${limit.text}` : "";
    this.note.textContent = note;
    this.box.classList.toggle("rx-over", Boolean(limit) && data.value > limit.most);
    this.gauge.hidden = !limit;
    if (limit) this.fill(data);
    this.count(data);
  }

  // The bar ends at the limit, or at the number where that is larger; what is past the limit is hatched.
  fill({ label, value, text, limit, note }) {
    const end = Math.max(value, limit.most) || 1;
    this.used.style.width = `${(100 * Math.min(value, limit.most)) / end}%`;
    this.past.style.width = `${(100 * Math.max(0, value - limit.most)) / end}%`;
    const said = { label, valuemin: 0, valuemax: end, valuenow: value, valuetext: `${text} of ${limit.text}, ${note}` };
    for (const [name, words] of Object.entries(said)) this.gauge.setAttribute(`aria-${name}`, words);
  }

  count({ value, text }) {
    if (value === this.value) return;
    const from = this.value;
    this.value = value;
    this.close(false);
    if (from === undefined || still()) return this.show(text);
    const begin = performance.now();
    const step = (now) => {
      const part = Math.min(1, Math.max(0, (now - begin) / MOVE_MS));
      const eased = part < 0.5 ? 4 * part ** 3 : 1 - (2 - 2 * part) ** 3 / 2;
      this.show(part < 1 ? short(from + (value - from) * eased) : text);
      if (part < 1) this.due = requestAnimationFrame(step);
    };
    this.due = requestAnimationFrame(step);
  }

  show(text) {
    this.number.textContent = text;
  }

  close(whole = true) {
    cancelAnimationFrame(this.due);
    if (whole) this.box.remove();
  }
}
