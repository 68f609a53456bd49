// @ts-check
import { hear } from "./numbers.js";
import { Story } from "./story.js";
import { View } from "./view.js";

/** @import { PageData, Tell } from "./data.js" */

/** What Streamlit calls a component with. @typedef {{ data: PageData, parentElement: ParentNode, setTriggerValue: Tell }} Component */

/** @type {WeakMap<ParentNode, View | Story>} */
const VIEWS = new WeakMap();

/**
 * Shows drawings in the component's place, or shows others there; answers with what takes them away.
 * @param {Component} component
 */
export function show({ data, parentElement, setTriggerValue }) {
  hear();
  const host = /** @type {HTMLElement} */ (parentElement.querySelector(".rx-root"));
  const view = VIEWS.get(parentElement) ?? new (data.chapters ? Story : View)(host, setTriggerValue);
  VIEWS.set(parentElement, view);
  view.update(data, setTriggerValue);
  return () => {
    view.close();
    VIEWS.delete(parentElement);
  };
}
