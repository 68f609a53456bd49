// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { Page } from "./page.js";

test("Tab is not heard by a table, all other keys are, and Tab is by all else", async () => {
  const page = new Page();
  const { pass } = await import("../../resnet_explorer/ui/canvas/scripts/tabbed.js");
  page.host.innerHTML = '<div data-testid="stDataFrame"><canvas></canvas></div><input>';
  /** @type {string[]} */
  const heard = [];
  for (const each of page.host.querySelectorAll("canvas, input")) {
    each.addEventListener("keydown", (event) =>
      heard.push(`${/** @type {KeyboardEvent} */ (event).key} ${each.localName}`),
    );
  }
  pass();
  for (const key of ["Tab", "ArrowDown"]) {
    for (const each of page.host.querySelectorAll("canvas, input")) {
      const pressed = new page.window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
      each.dispatchEvent(pressed);
      assert.equal(pressed.defaultPrevented, false); // the browser goes on
    }
  }
  assert.deepEqual(heard, ["Tab input", "ArrowDown canvas", "ArrowDown input"]);
});
