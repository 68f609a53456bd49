// @ts-check
/** @import { Component } from "./main.js" */

/** The one file that the browser keeps, where the server tells it. @type {Promise<{ default: typeof import("./main.js").show }>} */
const loaded = import(new URL("ADDRESS", document.baseURI).href);

/**
 * The root that keeps styles of the page and of what is shown in it apart.
 * @param {HTMLElement} parent
 */
const inside = (parent) => {
  const root = parent.shadowRoot ?? parent.attachShadow({ mode: "open" });
  root.append(...parent.childNodes);
  return root;
};

/**
 * Loads the scripts once, and hands each call on to them; where that cannot be, the page is told.
 * @param {Component & { parentElement: HTMLElement }} component
 */
export default function (component) {
  /** @type {(() => void) | null} */
  let close = null;
  let gone = false;
  loaded.then(
    (drawings) => {
      if (!gone) close = drawings.default({ ...component, parentElement: inside(component.parentElement) });
    },
    () => component.setTriggerValue("alone", true),
  );
  return () => {
    gone = true;
    close?.();
  };
}
