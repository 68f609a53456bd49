// @ts-check
/** Prints which keys of described figures are not read when these are drawn and pointed at: `node read.js MAIN DATA`. */

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { Page } from "./page.js";

const [main, data] = process.argv.slice(2);
const { show } = await import(pathToFileURL(main).href);

/**
 * Keys of an object and of all in it, those of a list's items as one.
 * @param {any} value
 * @param {string} name
 * @returns {string[]}
 */
function keys(value, name) {
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, each]) => {
    const own = Array.isArray(value) ? name : `${name}.${key}`;
    return [...(Array.isArray(value) ? [] : [own]), ...keys(each, own)];
  });
}

/**
 * The same, which notes what is read.
 * @param {any} value
 * @param {string} name
 * @param {Set<string>} read
 * @returns {any}
 */
function watched(value, name, read) {
  if (value === null || typeof value !== "object") return value;
  return new Proxy(value, {
    get(of, key) {
      const own = Array.isArray(of) ? name : `${name}.${String(key)}`;
      read.add(own);
      return Object.hasOwn(of, key) ? watched(of[key], own, read) : of[key];
    },
  });
}

const unread = JSON.parse(readFileSync(data, "utf-8")).map((/** @type {object} */ figure) => {
  const page = new Page();
  /** @type {Set<string>} */
  const read = new Set();
  const sent = { kind: "chart", title: "", words: "", figure: watched(figure, "", read) };
  show({ data: sent, parentElement: page.parent, setTriggerValue: () => {} });
  page.point("svg", "pointermove", { clientX: 9, clientY: 9 });
  page.press(".rx-scroll", "Home");
  return [...new Set(keys(figure, ""))].filter((key) => !read.has(key));
});
process.stdout.write(JSON.stringify(unread));
