// @ts-check
/** @import { Component } from "./main.js" */

/** The one file that the browser keeps, where the server tells it. @type {Promise<{ default: typeof import("./main.js").show }>} */
const loaded = import(new URL("ADDRESS", document.baseURI).href);

/**
 * Loads the scripts once, and hands each call on to them; where that cannot be, the page is told.
 * @param {Component} component
 */
export default function (component) {
  /** @type {(() => void) | null} */
  let close = null;
  let gone = false;
  loaded.then(
    (drawings) => {
      if (!gone) close = drawings.default(component);
    },
    () => component.setTriggerValue("alone", true),
  );
  return () => {
    gone = true;
    close?.();
  };
}
