// @ts-check
import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { Page } from "./page.js";

const HEIGHT = 720;
/** @type {string[]} */
const drawn = [];
const folder = mkdtempSync(join(tmpdir(), "drawings-"));
writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
writeFileSync(
  join(folder, "ADDRESS"),
  "export default (component) => component.setTriggerValue('drawn', component.data);",
);

const page = new Page();
page.parent.innerHTML = "";
const says = (/** @type {"baseURI" | "hidden"} */ name, /** @type {unknown} */ value) =>
  Object.defineProperty(page.window.document, name, { configurable: true, value });
says("baseURI", pathToFileURL(join(folder, "page")).href);
says("hidden", false);
Object.assign(globalThis, { innerHeight: HEIGHT });
const { default: load } = await import("../../resnet_explorer/ui/canvas/scripts/load.js");

/** @param {number} top where it stands in the window */
function place(top) {
  const made = page.window.document.createElement("div");
  page.parent.append(made);
  made.getBoundingClientRect = () => /** @type {DOMRect} */ ({ top });
  return (/** @type {string} */ data) =>
    load({ data: /** @type {any} */ (data), parentElement: made, setTriggerValue: () => drawn.push(data) });
}

/** What is drawn when all has happened that waits for no frame. */
async function settled() {
  await import(pathToFileURL(join(folder, "ADDRESS")).href);
  await new Promise((resolve) => setTimeout(resolve, 5));
  return drawn.splice(0);
}

test("what the window shows is drawn at once, and what stands below it when that has been seen", async () => {
  place(HEIGHT)("below");
  place(HEIGHT - 1)("seen");
  assert.deepEqual(await settled(), ["seen"]);
  page.frame();
  assert.deepEqual(await settled(), ["below"]);
});

test("once drawn it is drawn at once", async () => {
  const below = place(HEIGHT);
  below("first");
  page.frame();
  await settled();
  below("second");
  assert.deepEqual(await settled(), ["second"]);
});

test("of what waits the latest is drawn, and nothing in a place that is gone", async () => {
  const below = place(HEIGHT);
  below("old");
  below("new");
  assert.deepEqual(await settled(), ["new"]);
  place(HEIGHT)("gone")();
  page.frame();
  assert.deepEqual(await settled(), []);
});

test("a page that is not looked at waits for no frame", async () => {
  says("hidden", true);
  place(HEIGHT)("hidden");
  assert.deepEqual(await settled(), ["hidden"]);
});
