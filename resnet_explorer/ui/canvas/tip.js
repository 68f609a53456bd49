// What is said of the column or operation under the pointer.

// Three figures with k, M, G or T, as the page writes numbers.
function short(value) {
  for (const [scale, letter] of [[1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "k"]]) {
    const n = value / scale;
    if (n >= 0.9995) return `${n.toFixed(n < 9.995 ? 2 : n < 99.95 ? 1 : 0)} ${letter}`;
  }
  return String(Math.round(value));
}

// The receptive field of a layer as that before it, in pixels, and what is added.
function widened(before, now) {
  const [was, more, is] = [before, now - before, now].map((value) => value.toLocaleString("en"));
  return now > before ? `${was} + ${more} = ${is} px` : `${is} px`;
}

class Tip {
  constructor(box) {
    this.card = element("div", "rx-tip", box);
    this.card.hidden = true;
    this.said = element("div", "rx-said", box);
    this.said.setAttribute("aria-live", "polite");
  }

  show(figure, i, y, aloud) {
    this.card.hidden = i === null;
    if (i === null) return;
    const rows = this.rows(figure, i);
    const [path, index, , block, times] = figure.data.items[i];
    this.card.replaceChildren();
    element("div", "rx-path", this.card, path);
    element("div", "rx-what", this.card, figure.data.facts[index][0] + (figure.axis && times > 1 ? `, one of ${times} equal ones` : ""));
    const list = element("dl", "", this.card);
    for (const [label, value, css] of rows) {
      element("dt", css ?? "", list, label);
      element("dd", "", list, value);
    }
    if (figure.axis && block) element("div", "rx-hint", this.card, `in block ${block}${figure.opens(i) ? ": click to open it" : ""}`);
    this.put(figure, i, y);
    if (aloud) this.said.textContent = `${path}: ${rows.map(([label, value]) => `${label} ${value}`).join("; ")}`;
  }

  // Words of their own, under a label at the left.
  tell(figure, heading, words, y) {
    this.card.hidden = false;
    this.card.replaceChildren();
    element("div", "rx-what", this.card, heading);
    element("div", "", this.card, words);
    this.card.style.left = "0px";
    this.card.style.top = `${Math.min(y * figure.k, Math.max(0, figure.box.clientHeight - this.card.offsetHeight))}px`;
    this.said.textContent = `${heading}: ${words}`;
  }

  rows(figure, i) {
    const { items, facts } = figure.data;
    const rows = facts[items[i][1]][1].map((row) => [...row]);
    if (figure.axis) rows.push(["receptive field", widened(i ? items[i - 1][2] : 1, items[i][2])]);
    return [...rows, ...(figure.norms?.rows(i) ?? [])];
  }

  // Beside the column, on the side with more room, and inside the figure.
  put(figure, i, y) {
    const { card } = this;
    const { k, scroll } = figure;
    const room = figure.box.clientWidth;
    const item = figure.data.items[i];
    const [from, to] = figure.axis
      ? [figure.x(figure.columns.left(i)), figure.x(figure.columns.right(i))]
      : [item[2], Math.max(item[2] + item[4], 0)];
    const left = from * k - scroll.scrollLeft;
    const right = to * k - scroll.scrollLeft;
    const width = card.offsetWidth;
    const top = y === null ? (figure.axis ? figure.data.brace : item[3] + item[5] + 6) : figure.axis ? y - 10 : item[3] + item[5] + 6;
    const lowest = Math.max(0, figure.box.clientHeight - card.offsetHeight);
    const fits = right + 12 + width <= room;
    let x = fits ? right + 12 : left - 12 - width;
    if (!figure.axis) x = left;
    card.style.left = `${Math.max(0, Math.min(x, room - width))}px`;
    const covers = x < 0;
    card.style.top = `${covers && figure.axis ? figure.data.brace * k : figure.axis ? Math.min(top * k, lowest) : top * k}px`;
  }
}
