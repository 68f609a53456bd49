// @ts-check
import { Area } from "./area.js";
import { carry } from "./bar.js";
import { Beat } from "./beat.js";
import { Chart } from "./chart.js";
import { night } from "./dom.js";
import { Door } from "./door.js";
import { dress } from "./dress.js";
import { follow } from "./followed.js";
import { Later } from "./later.js";
import { Line } from "./line.js";
import { hear } from "./numbers.js";
import { print } from "./paper.js";
import { Picker } from "./picker.js";
import { Race } from "./race.js";
import { Share } from "./share.js";
import { forget } from "./sidebar.js";
import { Sketch } from "./sketch.js";
import { Story } from "./story.js";
import { pass } from "./tabbed.js";
import { Tools } from "./tools.js";
import { View } from "./view.js";
import { wake } from "./waking.js";
import { Ways } from "./ways.js";

/** @import { MainData, PageData, Tell } from "./data.js" */

/** What is shown in a component's place. @typedef {{ update: (data: any, tell: Tell) => void, close: () => void }} Shown */
/** @typedef {(PageData | MainData) & { hides?: string[] }} Data */
/** What Streamlit calls a component with; its data as JSON in bytes. @typedef {{ data: Uint8Array | Data, parentElement: ParentNode, setTriggerValue: Tell }} Component */

/** Main figures by their kind; all other data is of drawings. @type {Record<string, new (host: HTMLElement, tell: Tell) => Shown>} */
const KINDS = {
  area: Area,
  beat: Beat,
  chart: Chart,
  door: Door,
  later: Later,
  picker: Picker,
  race: Race,
  share: Share,
  sketch: Sketch,
  story: Story,
  tools: Tools,
  ways: Ways,
};

/** What Streamlit gives a height. */
const ROOM = '[data-testid="stElementContainer"]';
const FREE = { height: "auto", flex: "none", overflow: "visible" };
/** On a telephone choices stand over each other; how wide they are in a row of others is the page's. */
const ROWS = { height: "auto", overflow: "visible" };
/** A chart has that height; its card may stand under it. */
const OPEN = { overflow: "visible" };

/** @type {WeakMap<ParentNode, Shown>} */
const VIEWS = new WeakMap();
/** How each of them tells the page. @type {WeakMap<ParentNode, Line>} */
const LINES = new WeakMap();

/**
 * Shows drawings in the component's place, or shows others there; answers with what takes them away.
 * @param {Component} component
 */
export function show({ data: sent, parentElement, setTriggerValue }) {
  /** @type {Data} */
  const data = sent instanceof Uint8Array ? JSON.parse(new TextDecoder().decode(sent)) : sent;
  hear();
  forget();
  carry();
  follow();
  pass();
  print();
  wake(setTriggerValue);
  const host = /** @type {HTMLElement} */ (parentElement.querySelector(".rx-root"));
  dress(host);
  /** @type {new (host: HTMLElement, tell: Tell) => Shown} */
  const kind = "kind" in data ? KINDS[data.kind] : View;
  const before = VIEWS.get(parentElement);
  const kept = before?.constructor === kind ? before : null;
  if (!kept) before?.close();
  const line = LINES.get(parentElement) ?? new Line(setTriggerValue);
  LINES.set(parentElement, line);
  line.through = setTriggerValue;
  /** @type {Shown} */
  const view = kept ?? new kind(host, line.tell);
  VIEWS.set(parentElement, view);
  host.toggleAttribute("data-main-figure", isMain(host));
  host.classList.toggle("rx-night", night(host));
  view.update(data, line.tell);
  hide(host, data.hides ?? []);
  if (kind === View || kind === Ways) free(host, FREE);
  else if (kind === Picker) free(host, ROWS);
  else if (kind === Chart) free(host, OPEN);
  return () => {
    // Streamlit also takes away what was overtaken by newer data while its script was loading: that is shown here too.
    if (parentElement.isConnected) return;
    view.close();
    line.close();
    VIEWS.delete(parentElement);
  };
}

/**
 * The element that the page has for what is shown in it.
 * @param {HTMLElement} host
 */
function outside(host) {
  const root = host.getRootNode();
  return root instanceof ShadowRoot ? /** @type {HTMLElement} */ (root.host) : host;
}

/**
 * The room that a page keeps for drawings until they are there is theirs no more: they take what they need.
 * @param {HTMLElement} host
 * @param {Partial<typeof FREE>} style
 */
function free(host, style) {
  const room = outside(host).closest(ROOM);
  for (let each = outside(host); room?.contains(each); each = /** @type {HTMLElement} */ (each.parentElement))
    Object.assign(each.style, style);
}

/**
 * Takes away what a link hides: controls carry the names that links give them.
 * @param {HTMLElement} host
 * @param {string[]} names
 */
function hide(host, names) {
  for (const each of /** @type {NodeListOf<HTMLElement>} */ (host.querySelectorAll("[data-choice]")))
    each.hidden = (each.dataset.choice ?? "").split(" ").some((name) => names.includes(name));
}

/**
 * Whether it is the first picture in the place that a page has for its main figure, as `present.py` makes it.
 * @param {HTMLElement} host
 */
function isMain(host) {
  const place = outside(host);
  const [first] = place.closest(".st-key-main_figure")?.querySelectorAll(".stBidiComponent") ?? [];
  return first?.contains(place) ?? false;
}
