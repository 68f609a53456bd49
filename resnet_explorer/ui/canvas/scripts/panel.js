// @ts-check
import { element, set } from "./dom.js";

/**
 * A panel over the page, which a click beside it closes. What is pressed in it means nothing outside: neither the next
 * beat of a talk nor the way out of it.
 * @param {HTMLElement} at
 * @param {string} label
 */
export function panel(at, label) {
  const made = element("dialog", "rx-share-panel", at);
  set(made, { "aria-label": label });
  made.onkeydown = (event) => event.stopPropagation();
  made.onclick = ({ target }) => {
    if (target === made) made.close();
  };
  return made;
}

/**
 * A button with words.
 * @param {string} text
 * @param {HTMLElement} at
 * @param {() => void} press
 */
export function pressed(text, at, press) {
  const made = element("button", "rx-share-button", at, text);
  made.type = "button";
  made.onclick = press;
  return made;
}
