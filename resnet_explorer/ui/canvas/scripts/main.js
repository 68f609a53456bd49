// @ts-check
import { Area } from "./area.js";
import { hear } from "./numbers.js";
import { Race } from "./race.js";
import { Story } from "./story.js";
import { View } from "./view.js";

/** @import { PageData, RaceData, Tell } from "./data.js" */

/** What is shown in a component's place. @typedef {{ update: (data: any, tell: Tell) => void, close: () => void }} Shown */
/** What Streamlit calls a component with. @typedef {{ data: PageData | RaceData, parentElement: ParentNode, setTriggerValue: Tell }} Component */

/** @type {WeakMap<ParentNode, Shown>} */
const VIEWS = new WeakMap();

/**
 * Main figures tell their kind; all other data is of drawings.
 * @param {PageData | RaceData} data
 * @returns {new (host: HTMLElement, tell: Tell) => Shown}
 */
function kindOf(data) {
  if ("kind" in data) return Race;
  if (data.area) return Area;
  return data.chapters ? Story : View;
}

/**
 * Shows drawings in the component's place, or shows others there; answers with what takes them away.
 * @param {Component} component
 */
export function show({ data, parentElement, setTriggerValue }) {
  hear();
  const host = /** @type {HTMLElement} */ (parentElement.querySelector(".rx-root"));
  const kind = kindOf(data);
  const before = VIEWS.get(parentElement);
  const kept = before?.constructor === kind ? before : null;
  if (!kept) before?.close();
  const view = kept ?? new kind(host, setTriggerValue);
  VIEWS.set(parentElement, view);
  view.update(data, setTriggerValue);
  return () => {
    view.close();
    VIEWS.delete(parentElement);
  };
}
