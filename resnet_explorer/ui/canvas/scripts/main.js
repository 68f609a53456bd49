// @ts-check
import { Race } from "./race.js";
import { View } from "./view.js";

/** @import { PageData, RaceData, Tell } from "./data.js" */

/** What is shown in a component's place. @typedef {{ update: (data: any, tell: Tell) => void, close: () => void }} Shown */
/** What Streamlit calls a component with. @typedef {{ data: PageData | RaceData, parentElement: ParentNode, setTriggerValue: Tell }} Component */

/** Main figures by their kind; all other data is of drawings. @type {Record<string, new (host: HTMLElement, tell: Tell) => Shown>} */
const KINDS = { race: Race };

/** @type {WeakMap<ParentNode, Shown>} */
const VIEWS = new WeakMap();

/**
 * Shows drawings in the component's place, or shows others there; answers with what takes them away.
 * @param {Component} component
 */
export function show({ data, parentElement, setTriggerValue }) {
  const host = /** @type {HTMLElement} */ (parentElement.querySelector(".rx-root"));
  const Kind = "kind" in data ? KINDS[data.kind] : View;
  /** @type {Shown} */
  const view = VIEWS.get(parentElement) ?? new Kind(host, setTriggerValue);
  VIEWS.set(parentElement, view);
  view.update(data, setTriggerValue);
  return () => {
    view.close();
    VIEWS.delete(parentElement);
  };
}
