// @ts-check
import { all, make, part, set } from "./dom.js";
import { Figure } from "./figure.js";
import { Norms } from "./norms.js";
import { beside } from "./pure/card.js";
import { Columns } from "./pure/columns.js";
import { AxisFit } from "./pure/fit.js";
import { band, bar, enclosure, inside, NET_TOP } from "./pure/marks.js";
import { lead, stageLabels } from "./pure/stages.js";
import { short, widened } from "./pure/words.js";

/** @import { Cuts } from "./cuts.js" */
/** @import { AxisData } from "./data.js" */
/** @import { Size } from "./pure/card.js" */

const KEYS = "Left and right go through the layers, up and down through the tracks";
const OPENING_KEYS = "Enter opens a block, F folds or unfolds its stage";
/** What is left to scroll, in pixels, at an end. */
const AT_END = 4;
/** A column that is nearer to the edge of the box, in pixels, is scrolled to its middle. */
const IN_SIGHT = 20;
/** Of the button of a shortcut: how far above the arc it begins, how high it is, and how wide at least. */
const [CUT_RISE, CUT_HEIGHT, CUT_LEAST] = [27, 31, 24];
/** Of the card: how far above the pointer it begins. Of a number: how far above its bar it stands. */
const CARD_RISE = 10;
const NUMBER_RISE = 4;

/**
 * A net on the layer axis: its items are columns.
 * @extends {Figure<AxisData>}
 */
export class Axis extends Figure {
  /**
   * @param {HTMLElement} host
   * @param {AxisData} data
   * @param {boolean} named
   * @param {((path: string) => void) | null} onBlock told of a block that was clicked
   */
  constructor(host, data, named, onBlock) {
    super(host, data, named, onBlock ? `${KEYS}, ${OPENING_KEYS}` : KEYS);
    this.onBlock = onBlock;
    this.columns = new Columns(data);
    this.plot = part(this.svg, ".plot");
    this.band = make("rect", { class: "band", visibility: "hidden" });
    this.plot.prepend(this.band);
    this.lit = make("g", { class: "lit" }, this.plot);
    this.values = make("g", { class: "values" }, this.svg);
    /** Which nets of the run stand on it. @type {number[]} */
    this.nets = [];
    this.norms = data.norms ? new Norms(this.svg, data.norms, this.columns) : null;
    /** Not known as long as the figure has no room. @type {AxisFit | null} */
    this.fitted = null;
    /** The frame around the block that is open. @type {Element | null} */
    this.opened = null;
    /** The buttons of its shortcuts, where these can be cut. @type {Cuts | null} */
    this.cuts = null;
    this.fit();
  }

  // ---- laying out ----

  /** @param {number} room */
  fitTo(room) {
    const { data, svg, box } = this;
    const fit = new AxisFit(room, data);
    this.fitted = fit;
    svg.classList.toggle("narrow", fit.narrow);
    box.classList.toggle("rx-narrow", fit.narrow);
    box.classList.toggle("rx-scrolls", fit.scrolls);
    this.size(fit.width, data.height);
    this.plot.setAttribute("transform", `translate(${fit.left} 0) scale(${fit.ratio} 1)`);
    for (const each of all(svg, ".at")) shift(each, fit.x(Number(each.dataset.x)));
    for (const ways of all(svg, ".ways"))
      shift(ways, ...fit.legend(ways.getBBox(), part(svg, ".shades").getBBox().width));
    this.fitStages(fit);
    this.slide();
    this.norms?.fit(fit);
    this.cuts?.fit();
  }

  /** @param {AxisFit} fit */
  fitStages(fit) {
    const nodes = all(this.svg, ".stage");
    const labels = nodes.map(({ dataset }) => ({
      centre: fit.x(Number(dataset.x)),
      width: Number(dataset.w),
      slim: Number(dataset.slim),
      spare: "spare" in dataset,
    }));
    const { slim, places } = stageLabels(labels, fit.width);
    this.svg.classList.toggle("slim", slim);
    nodes.forEach((node, i) => {
      const place = places[i];
      if (place === null) {
        node.setAttribute("visibility", "hidden");
        return;
      }
      node.removeAttribute("visibility");
      shift(node, place);
      part(node, "path").setAttribute("d", lead(labels[i].centre - place, this.data.brace));
    });
  }

  /** Labels over their tracks stay in sight. */
  slide() {
    const { scrollLeft, scrollWidth, clientWidth } = this.scroll;
    const x = scrollLeft / this.k;
    for (const each of all(this.svg, ".over")) shift(each, x);
    this.norms?.slide(x);
    this.box.classList.toggle("rx-at-end", scrollWidth - clientWidth - scrollLeft < AT_END);
    this.box.classList.toggle("rx-at-start", scrollLeft < AT_END);
  }

  // ---- pointing ----

  /**
   * @param {number} x
   * @param {number} y
   */
  item(x, y) {
    const i = this.fitted && y > NET_TOP ? this.columns.at(this.fitted.unit(x)) : -1;
    return i < 0 ? null : i;
  }

  reveal() {
    if (this.at === null) return;
    const { scroll } = this;
    const x = this.pixels(this.columns.middle(this.at));
    if (x < scroll.scrollLeft + IN_SIGHT || x > scroll.scrollLeft + scroll.clientWidth - IN_SIGHT)
      scroll.scrollLeft = x - scroll.clientWidth / 2;
  }

  /**
   * Where a place of the plot stands in the drawing, in pixels of the page.
   * @param {number} unit
   */
  pixels(unit) {
    return (this.fitted?.x(unit) ?? 0) * this.k;
  }

  /**
   * The place of a shortcut's button.
   * @param {number} i
   */
  over(i) {
    const { first, last, foot } = this.data.cuts[i];
    const [left, right] = [this.columns.left(first), this.columns.right(last)].map((unit) => this.pixels(unit));
    const width = Math.max(CUT_LEAST * this.k, right - left);
    return { left: (left + right - width) / 2, top: (foot - CUT_RISE) * this.k, width, height: CUT_HEIGHT * this.k };
  }

  /**
   * The column of a layer, or -1.
   * @param {string | null} path
   */
  column(path) {
    return this.data.items.findIndex((item) => item[0] === path);
  }

  /** @param {number | null} i */
  opens(i) {
    const [block, open] = [i === null ? null : this.data.items[i][3], this.onBlock];
    return block && open ? () => open(block) : null;
  }

  /**
   * One column through all tracks: a band, its bars, and its number over each.
   * @param {number | null} i
   */
  mark(i) {
    const { data, columns, fitted, svg } = this;
    this.lit.replaceChildren();
    this.values.replaceChildren();
    for (const each of all(svg, ".on")) each.classList.remove("on");
    this.band.setAttribute("visibility", i === null ? "hidden" : "visible");
    this.norms?.mark(i);
    if (i === null || !fitted) return;
    set(this.band, { ...band(columns, i, data.height) });
    svg.querySelector(`[data-i="${i}"]`)?.classList.add("on");
    const block = data.items[i][3];
    for (const arc of all(svg, ".arc[data-block]")) arc.classList.toggle("on", arc.dataset.block === block);
    const centre = inside(fitted.x(columns.middle(i)), fitted.left, fitted.left + fitted.plotWidth);
    for (const track of data.tracks) {
      const box = bar(columns, i, track, data.row);
      make("rect", { ...box }, this.lit);
      const over = make("text", { x: centre, y: box.y - NUMBER_RISE, class: "mid b halo" }, this.values);
      over.textContent = short(track.values[i]) + track.unit;
    }
  }

  /**
   * A frame around the columns of a block, if it is one of these.
   * @param {string} block
   */
  enclose(block) {
    this.opened?.remove();
    const inBlock = (/** @type {AxisData["items"][number]} */ item) => block !== "" && item[3] === block;
    const { items } = this.data;
    const [first, last] = [items.findIndex(inBlock), items.findLastIndex(inBlock)];
    if (first < 0) return;
    const box = enclosure(this.columns, first, last, this.data.brace);
    this.opened = make("rect", { class: "opened", ...box }, this.plot);
  }

  /** @param {number} i */
  said(i) {
    const { items } = this.data;
    const [, , field, block, times, before] = items[i];
    const { path, what, rows } = super.said(i);
    return {
      path,
      what: times > 1 ? `${what}, one of ${times} equal ones` : what,
      rows: [
        ...rows,
        /** @type {[string, string]} */ (["receptive field", widened(before, field)]),
        ...(this.norms?.rows(i) ?? []),
      ],
      hint: block ? `in block ${block}${this.opens(i) ? ": click to open it" : ""}` : "",
    };
  }

  /**
   * @param {number} i
   * @param {number | null} y
   * @param {Size} card
   */
  beside(i, y, card) {
    const { columns, data, k, scroll } = this;
    const [left, right] = [columns.left(i), columns.right(i)].map((unit) => this.pixels(unit) - scroll.scrollLeft);
    const under = data.brace * k;
    return beside({ left, right }, { y: y === null ? under : (y - CARD_RISE) * k, under }, card, this.room);
  }
}

/**
 * @param {Element} node
 * @param {number} x
 * @param {number} y
 */
function shift(node, x, y = 0) {
  node.setAttribute("transform", `translate(${x.toFixed(1)} ${y})`);
}
