// @ts-check
import { Area } from "./area.js";
import { hear } from "./numbers.js";
import { Story } from "./story.js";
import { View } from "./view.js";

/** @import { PageData, Tell } from "./data.js" */

/** What Streamlit calls a component with. @typedef {{ data: PageData, parentElement: ParentNode, setTriggerValue: Tell }} Component */

/** @type {WeakMap<ParentNode, View | Story | Area>} */
const VIEWS = new WeakMap();

/** @param {PageData} data */
function kindOf(data) {
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
  if (before && !(before instanceof kind)) before.close();
  const view = before instanceof kind ? before : new kind(host, setTriggerValue);
  VIEWS.set(parentElement, view);
  view.update(data, setTriggerValue);
  return () => {
    view.close();
    VIEWS.delete(parentElement);
  };
}
