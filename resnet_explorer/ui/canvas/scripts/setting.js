// @ts-check
import { element, say, set } from "./dom.js";
import { inner, told } from "./pure/blocks.js";

/** @import { AreaData, BlockSetting } from "./data.js" */

/** Who hears of each move, and who of where it ends: what a link says of it. @typedef {{ moved: (now: BlockSetting) => void, told: (texts: string) => void }} Hears */

/** @type {["channels" | "reduction" | "pixels", string][]} */
const SLIDERS = [
  ["channels", "Channels"],
  ["reduction", "Reduction"],
  ["pixels", "Map"],
];
/** @type {["norm" | "projection", string][]} */
const SWITCHES = [
  ["norm", "with BatchNorm"],
  ["projection", "with a projection"],
];

/** The sliders and switches of the bottleneck's comparison. */
export class Setting {
  /**
   * @param {HTMLElement} host
   * @param {Hears} hears
   */
  constructor(host, hears) {
    this.hears = hears;
    /** @type {BlockSetting | null} */
    this.now = null;
    /** What was told and has not come back. @type {string[]} */
    this.waits = [];
    this.held = false;
    const row = element("div", "rx-area-sliders", host);
    const lower = element("div", "rx-area-switches", host);
    this.sliders = SLIDERS.map(([name, label]) => this.slider(row, name, label));
    this.fields = this.choice(lower, "field", "Two 3×3, channels", ["outer", "inner"]);
    this.areas = this.choice(lower, "area", "Area", ["params", "macs"]);
    this.switches = SWITCHES.map(([name, label]) => {
      const [box, text] = mark(lower, "checkbox");
      set(/** @type {Element} */ (box.parentElement), { "data-choice": `with_${name === "norm" ? "bn" : name}` });
      text.textContent = label;
      box.addEventListener("change", () => this.change({ [name]: box.checked }));
      return { name, box };
    });
  }

  /**
   * A move is drawn; its end is told: at once for a pointer, when the key is let go for a keyboard.
   * @param {HTMLElement} row
   * @param {typeof SLIDERS[number][0]} name
   * @param {string} label
   */
  slider(row, name, label) {
    const box = element("label", "rx-area-slider", row);
    box.dataset.choice = name;
    element("span", "", box, label);
    const value = element("b", "", box);
    const range = element("input", "rx-slider", box);
    set(range, { type: "range", "aria-label": label });
    let keys = false;
    const end = () => {
      keys = false;
      this.end();
    };
    range.addEventListener("input", () => {
      this.held = true;
      if (this.now) this.move({ ...this.now, [name]: range.valueAsNumber });
    });
    range.addEventListener("change", () => keys || this.end());
    range.addEventListener("keydown", () => {
      keys = true;
    });
    range.addEventListener("keyup", end);
    range.addEventListener("blur", () => keys && end());
    return { name, range, value };
  }

  /**
   * @param {HTMLElement} row
   * @param {"field" | "area"} name
   * @param {string} legend
   * @param {string[]} values
   */
  choice(row, name, legend, values) {
    const group = element("fieldset", "rx-area-choice", row);
    group.dataset.choice = name;
    element("legend", "", group, legend);
    return values.map((value) => {
      const [box, text] = mark(group, "radio");
      box.name = `rx-${name}`;
      box.addEventListener("change", () => this.change({ [name]: value }));
      return { value, box, text };
    });
  }

  /**
   * What the page sends is the setting, unless it is on its way here while the visitor has gone on.
   * @param {AreaData} data
   */
  set({ setting, limits }) {
    for (const { name, range } of this.sliders) {
      const [min, max, step] = limits[name];
      set(range, { min, max, step });
    }
    const known = this.waits.indexOf(told(setting));
    this.waits = known < 0 ? [] : this.waits.slice(known + 1);
    if (this.now && (this.held || this.waits.length)) this.move(this.now);
    else this.move(setting);
  }

  /** @param {BlockSetting} now */
  move(now) {
    this.now = now;
    for (const { name, range, value } of this.sliders) {
      range.valueAsNumber = now[name];
      const text = name === "pixels" ? `${now.pixels} × ${now.pixels}` : now[name].toLocaleString("en");
      say(value, text);
    }
    for (const { name, box } of this.switches) box.checked = now[name];
    for (const each of this.fields) {
      const width = each.value === "outer" ? now.channels : inner(now);
      say(each.text, width.toLocaleString("en"));
      each.box.checked = now.field === each.value;
    }
    for (const each of this.areas) {
      say(each.text, each.value === "macs" ? "MACs" : "weights");
      each.box.checked = now.area === each.value;
    }
    this.hears.moved(now);
  }

  /**
   * What the sliders' present place means, for those who listen.
   * @param {string} factor
   */
  say(factor) {
    for (const { range, value } of this.sliders)
      range.setAttribute("aria-valuetext", `${value.textContent}: ${factor}`);
  }

  /** @param {Partial<BlockSetting>} more */
  change(more) {
    if (!this.now) return;
    this.held = true;
    this.move({ ...this.now, ...more });
    this.end();
  }

  end() {
    if (!this.held || !this.now) return;
    this.held = false;
    const texts = told(this.now);
    this.waits.push(texts);
    this.hears.told(texts);
  }
}

/**
 * A box to tick, with its words.
 * @param {HTMLElement} row
 * @param {"checkbox" | "radio"} type
 * @returns {[HTMLInputElement, HTMLElement]}
 */
function mark(row, type) {
  const label = element("label", "rx-area-tick", row);
  const box = element("input", "", label);
  box.type = type;
  return [box, element("span", "", label)];
}
