// @ts-check
/** Prints what the modules and the joined script draw of the same data: `node drawn.js MAIN JOINED DATA`. */

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { Page } from "./page.js";

const [main, joined, data] = process.argv.slice(2);
const sent = JSON.parse(readFileSync(data, "utf-8"));

/** @param {(component: object) => () => void} show */
function drawn(show) {
  let page = new Page();
  let close = () => {};
  const found = sent.map((/** @type {object} */ each) => {
    if ("kind" in each) page = new Page();
    close = page.leaving(show({ data: each, parentElement: page.parent, setTriggerValue: () => {} }));
    for (const scroll of page.host.querySelectorAll(".rx-scroll"))
      scroll.dispatchEvent(new page.window.KeyboardEvent("keydown", { key: "ArrowRight" }));
    return page.host.innerHTML;
  });
  close();
  return found;
}

const modules = await import(pathToFileURL(main).href);
const whole = await import(pathToFileURL(joined).href);
process.stdout.write(JSON.stringify({ modules: drawn(modules.show), joined: drawn(whole.default) }));
