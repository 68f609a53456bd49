// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { reach } from "../../resnet_explorer/ui/canvas/scripts/tables.js";
import { Page } from "./page.js";

test("a table of a text is a Tab stop where it is wider than its room, and only there", () => {
  const page = new Page();
  const { document } = page.window;
  document.body.innerHTML = `<div data-testid="stMain"><div data-testid="stMarkdownContainer"><table></table></div></div>`;
  reach();
  reach();
  const table = /** @type {HTMLElement} */ (document.querySelector("table"));
  assert.equal(table.tabIndex, -1);
  const resized = /** @type {(all: { target: unknown }[]) => void} */ (page.resized[0]);
  for (const [scrollWidth, tabIndex] of [
    [401, 0],
    [400, -1],
  ]) {
    Object.defineProperties(table, {
      scrollWidth: { value: scrollWidth, configurable: true },
      clientWidth: { value: 400, configurable: true },
    });
    resized([{ target: table }]);
    assert.equal(table.tabIndex, tabIndex);
  }
  assert.equal(page.resized.length, 1);
});
