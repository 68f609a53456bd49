// @ts-check
import { element, make, say, set } from "./dom.js";
import { fitted } from "./paper.js";
import { costs } from "./pure/blocks.js";
import { brief, compared, noun, words } from "./pure/comparison.js";
import { begins, high, mark, numbered, outline, rows, runs, top, wound } from "./pure/ribbon.js";
import { Setting } from "./setting.js";

/** @import { AreaData, BlockSetting, Tell } from "./data.js" */
/** @import { Compared } from "./pure/comparison.js" */
/** @import { Piece } from "./pure/ribbon.js" */

/** Of the size of a number: its width for each digit. */
const DIGIT = 0.62;
/** Numbers of tiles, in pixels: at most, and at least; how much of a row they take. */
const [LARGEST, SMALLEST, OF_ROW] = [26, 11, 0.62];
/** The one tile at the side: its height, and the room that each letter of a label takes. */
const [SIDE, LETTER] = [64, 11];
/** Between the field and what stands round it; its line lies there. */
const EDGE = 6;
/** The size of type on which it is designed. */
const TYPE = 18;
const KINDS = ["k1", "k3", "projection", "bn"];
const TEXTS = ["field", "one", "sum", "factor", "quotient", "other"];

/** The costs of blocks as areas: one field, wound with bottlenecks. What a slider changes is drawn at once, here. */
export class Area {
  /**
   * @param {HTMLElement} host
   * @param {Tell} tell
   */
  constructor(host, tell) {
    this.host = host;
    this.tell = tell;
    this.box = element("section", "rx-area", host);
    /** @type {Record<string, HTMLElement>} */
    this.said = { title: element("h2", "rx-area-title", this.box), tiles: element("p", "rx-area-tiles", this.box) };
    const body = element("div", "rx-area-body", this.box);
    const left = element("div", "rx-area-left", body);
    this.right = element("div", "rx-area-right", body);
    for (const name of TEXTS) this.said[name] = element("p", `rx-area-${name}`, name === "field" ? left : this.right);
    this.mark = element("p", "rx-area-mark", left);
    this.swatch = element("i", "", this.mark);
    this.marked = element("span", "", this.mark);
    this.room = element("div", "rx-area-room", left);
    this.drawing = make("svg", { class: "rx rx-area-drawing", role: "img" }, this.room);
    this.side = make("svg", { class: "rx rx-area-side", "aria-hidden": "true" });
    this.said.one.after(this.side);
    this.field = paths(this.drawing, "rx-area-first", "rx-area-begins");
    this.tile = paths(this.side, "rx-area-first");
    this.edge = make("rect", { class: "rx-area-edge" }, this.drawing);
    /** @type {SVGTextElement[]} */
    this.numbers = [];
    /** @type {SVGTextElement[]} */
    this.labels = [];
    /** @type {AreaData | null} */
    this.data = null;
    this.setting = new Setting(this.box, {
      moved: (now) => this.draw(now),
      told: (texts) => this.tell("setting", texts),
    });
    /** The room of the field, and the width of the tile at the side. */
    this.size = { width: 0, height: 0, side: 0 };
    /** What is drawn in it. */
    this.drawn = "";
    this.leave = fitted(this.room, () => this.fit());
  }

  /**
   * @param {AreaData} area
   * @param {Tell} tell
   */
  update(area, tell) {
    this.tell = tell;
    this.data = area;
    this.box.style.setProperty("--height", `${area.height}px`);
    this.setting.set(area);
  }

  /** Whether it asks what fills the field, and draws it empty. */
  get untold() {
    return this.data?.hides?.includes("tiles") ?? false;
  }

  /** Pixels for one that is designed: the type may be larger, as on a wall. */
  get unit() {
    return Number.parseFloat(getComputedStyle(this.box).fontSize) / TYPE || 1;
  }

  fit() {
    const [width, height] = [this.room.clientWidth, this.room.clientHeight].map((each) => Math.max(0, each - 2 * EDGE));
    this.size = { width, height, side: this.right.clientWidth };
    if (this.setting.now) this.draw(this.setting.now);
  }

  /** @param {BlockSetting} now */
  draw(now) {
    const shown = compared(now, this.costs(now));
    const told = words(now, shown, this.untold);
    for (const [name, text] of Object.entries(told)) if (this.said[name]) say(this.said[name], text);
    this.setting.say(told.factor);
    this.drawing.setAttribute("aria-label", told.alt);
    const unit = mark(shown.field);
    say(this.marked, `${brief(unit)} ${unit === 1 ? noun(now).slice(0, -1) : noun(now)}`);
    const { width, height, side } = this.size;
    const shares = shown.parts.map(({ cost, css }) => `${css} ${cost / shown.field}`);
    const drawn = [width, height, side, unit / shown.field, this.untold, ...shares].join();
    if (drawn === this.drawn || !(width && height && side)) return;
    this.drawn = drawn;
    this.fill(shown, unit);
    this.cut(shown);
  }

  /**
   * As counted from the real blocks where the page has sent that; else by the closed form.
   * @param {BlockSetting} now
   */
  costs(now) {
    const { data } = this;
    const { channels, reduction, pixels, norm, projection } = now;
    const of = data?.setting;
    const counted = of && of.channels === channels && of.reduction === reduction && of.pixels === pixels;
    return counted && of.norm === norm && of.projection === projection ? data.costs : costs(now);
  }

  /**
   * @param {Compared} shown
   * @param {number} unit of the mark
   */
  fill({ parts, one, field }, unit) {
    const { width, height } = this.size;
    const count = rows(field / one);
    const row = high(count, height);
    const costly = parts.map(({ cost }) => cost);
    const pieces = this.untold ? [] : wound(costly, field, count, width);
    const [wide, tall] = [width + 2 * EDGE, height + 2 * EDGE];
    set(this.drawing, { width: wide, height: tall, viewBox: `${-EDGE} ${-EDGE} ${wide} ${tall}` });
    set(this.edge, { x: -EDGE / 2, y: -EDGE / 2, width: width + EDGE, height: height + EDGE });
    lay(this.field, pieces, row, parts);
    this.field["rx-area-begins"].setAttribute("d", begins(pieces, row));
    this.number(pieces, row);
    const size = Math.sqrt((unit / field) * width * row * count);
    this.swatch.style.cssText = `width:${size.toFixed(1)}px;height:${size.toFixed(1)}px`;
  }

  /**
   * @param {Piece[]} pieces
   * @param {number} row height of one
   */
  number(pieces, row) {
    const size = Math.max(SMALLEST * this.unit, Math.min(LARGEST * this.unit, row * OF_ROW));
    const found = row < size ? [] : numbered(pieces, (digits) => (digits.length * DIGIT + 0.9) * size);
    write(this.numbers, this.drawing, found.length);
    for (const [i, { text, row: at, x }] of found.entries()) {
      this.numbers[i].textContent = text;
      set(this.numbers[i], { x: x + size * 0.4, y: top(at, row) + size * 1.05, "font-size": size });
    }
  }

  /**
   * One tile at the side, as long as there is room, its parts named where there is room for it.
   * @param {Compared} shown
   */
  cut({ parts, one }) {
    const width = this.size.side;
    const height = SIDE * this.unit;
    set(this.side, { width, height, viewBox: `0 0 ${width} ${height}` });
    const costly = parts.map(({ cost }) => cost);
    const pieces = this.untold ? [] : wound(costly, one, 1, width);
    lay(this.tile, pieces, height, parts);
    const named = pieces.filter((piece) => piece.width > LETTER * this.unit * (parts[piece.part].label.length + 0.5));
    write(this.labels, this.side, named.length);
    for (const [i, { part, x, width: long }] of named.entries()) {
      this.labels[i].textContent = parts[part].label;
      set(this.labels[i], { x: x + long / 2, y: height / 2 + 7 * this.unit, class: `mid on-${parts[part].css}` });
    }
  }

  close() {
    this.leave();
    this.box.remove();
  }
}

/**
 * A path for each kind of part, and others.
 * @param {SVGSVGElement} drawing
 * @param {string[]} others
 */
function paths(drawing, ...others) {
  /** @type {Record<string, SVGPathElement>} */
  const found = {};
  for (const kind of [...KINDS, ...others]) found[kind] = make("path", { class: `rx-area-part ${kind}` }, drawing);
  return found;
}

/**
 * @param {Record<string, SVGPathElement>} kinds
 * @param {Piece[]} pieces
 * @param {number} row height of one
 * @param {Compared["parts"]} parts
 */
function lay(kinds, pieces, row, parts) {
  for (const kind of KINDS) {
    const own = pieces.filter(({ part }) => parts[part].css === kind);
    kinds[kind].setAttribute("d", outline(own, row));
  }
  const first = runs(pieces).filter(({ tile }) => tile === 0);
  kinds["rx-area-first"].setAttribute("d", outline(first, row));
}

/**
 * As many texts as are needed.
 * @param {SVGTextElement[]} texts
 * @param {SVGSVGElement} drawing
 * @param {number} count
 */
function write(texts, drawing, count) {
  while (texts.length < count) texts.push(make("text", { class: "rx-area-number" }, drawing));
  for (const spare of texts.splice(count)) spare.remove();
}
