// @ts-check
import { Area } from "./area.js";
import { View } from "./view.js";

/** @import { AreaData, PageData, Tell } from "./data.js" */

/** What is shown in a component's place. @typedef {{ update: (data: any, tell: Tell) => void, close: () => void }} Shown */
/** What Streamlit calls a component with. @typedef {{ data: PageData | AreaData, parentElement: ParentNode, setTriggerValue: Tell }} Component */

/** Main figures by their kind; all other data is of drawings. @type {Record<string, new (host: HTMLElement, tell: Tell) => Shown>} */
const KINDS = { area: Area };

/** @type {WeakMap<ParentNode, Shown>} */
const VIEWS = new WeakMap();

/**
 * Shows drawings in the component's place, or shows others there; answers with what takes them away.
 * @param {Component} component
 */
export function show({ data, parentElement, setTriggerValue }) {
  const host = /** @type {HTMLElement} */ (parentElement.querySelector(".rx-root"));
  const Kind = "kind" in data ? KINDS[data.kind] : View;
  const before = VIEWS.get(parentElement);
  if (before && !(before instanceof Kind)) before.close();
  /** @type {Shown} */
  const view = before instanceof Kind ? before : new Kind(host, setTriggerValue);
  VIEWS.set(parentElement, view);
  view.update(data, setTriggerValue);
  return () => {
    view.close();
    VIEWS.delete(parentElement);
  };
}
