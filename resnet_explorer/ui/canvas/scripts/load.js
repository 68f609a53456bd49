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

/** What each place is to show: its latest call. @type {WeakMap<HTMLElement, Component>} */
const latest = new WeakMap();

/** The next frame has been drawn. */
const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/**
 * Loads the scripts once, and hands calls on to them; where that cannot be, the page is told. What stands below the
 * window is first drawn a frame later: what the window shows is there sooner.
 * @param {Component & { parentElement: HTMLElement }} component
 */
export default function (component) {
  const place = component.parentElement;
  const below = !latest.has(place) && !document.hidden && place.getBoundingClientRect().top >= innerHeight;
  latest.set(place, component);
  /** @type {(() => void) | null} */
  let close = null;
  let gone = false;
  (below ? frame().then(() => loaded) : loaded).then(
    (drawings) => {
      if (!gone && latest.get(place) === component)
        close = drawings.default({ ...component, parentElement: inside(place) });
    },
    () => component.setTriggerValue("alone", true),
  );
  return () => {
    gone = true;
    close?.();
  };
}
