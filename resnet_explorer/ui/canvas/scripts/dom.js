// @ts-check
/** Elements of the page: made, found, and what the page says of itself. */

const SVG = "http://www.w3.org/2000/svg";
/** The size of text on which drawings are designed. */
const ROOT_PX = 16;
/** Of 255; a darker background is night. */
const DARK = 128;

/**
 * @template {Element} Each
 * @param {Each} node
 * @param {Record<string, string | number>} attributes
 * @returns {Each}
 */
export function set(node, attributes) {
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  return node;
}

/**
 * An element of a drawing.
 * @template {keyof SVGElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | number>} attributes
 * @param {Element | null} parent
 * @returns {SVGElementTagNameMap[Name]}
 */
export function make(name, attributes = {}, parent = null) {
  const made = set(document.createElementNS(SVG, name), attributes);
  parent?.append(made);
  return made;
}

/**
 * An element beside drawings.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {string} css
 * @param {Element} parent
 * @param {string} text
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, css, parent, text = "") {
  const made = document.createElement(name);
  made.className = css;
  made.textContent = text;
  parent.append(made);
  return made;
}

/**
 * Writes a text where it is another one: what stays is not laid out again.
 * @param {Element} node
 * @param {string} text
 */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * What a drawing always has.
 * @param {ParentNode} host
 * @param {string} selector
 * @returns {SVGGraphicsElement}
 */
export function part(host, selector) {
  const [found] = all(host, selector);
  if (!found) throw new Error(`There is no ${selector} in the drawing.`);
  return found;
}

/**
 * @param {ParentNode} host
 * @param {string} selector
 * @returns {SVGGraphicsElement[]}
 */
export function all(host, selector) {
  return [.../** @type {NodeListOf<SVGGraphicsElement>} */ (host.querySelectorAll(selector))];
}

/** How much larger than designed the visitor sets text. */
export function rootScale() {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / ROOT_PX || 1;
}

/** Whether the visitor wants no motion. */
export function still() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/**
 * Whether the page's background is dark.
 * @param {HTMLElement} host
 */
export function night(host) {
  const probe = document.createElement("i");
  probe.style.color = getComputedStyle(host).getPropertyValue("--st-background-color").trim() || "white";
  host.append(probe);
  const [r, g, b] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? []).map(Number);
  probe.remove();
  return 0.299 * r + 0.587 * g + 0.114 * b < DARK;
}

/**
 * What is done once a document, however often it is called for; a page has one document, tests have many.
 * @param {() => void} act
 */
export function once(act) {
  /** @type {Document | null} */
  let done = null;
  return () => {
    if (done === document) return;
    done = document;
    act();
  };
}
