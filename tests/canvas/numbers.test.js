// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { hear } from "../../resnet_explorer/ui/canvas/scripts/numbers.js";
import { Page } from "./page.js";

test("arrows lead from number to number of one part of the page", () => {
  const { window } = new Page();
  const { document } = window;
  const number = (/** @type {string} */ name) => `<span class="derived" tabindex="-1">${name}</span>`;
  document.body.innerHTML = `<div data-testid="stSidebar">${number("s")}</div>
    <div data-testid="stMain"><p>${number("a")}</p><table><td>${number("b")}</td></table></div>`;
  hear();
  hear();
  const press = (/** @type {string} */ key) => {
    const event = new window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
    (document.activeElement ?? document.body).dispatchEvent(event);
    return [document.activeElement?.textContent, event.defaultPrevented];
  };
  /** @type {HTMLElement} */ (document.querySelector("p .derived")).focus();
  assert.deepEqual(press("ArrowRight"), ["b", true]);
  assert.deepEqual(press("ArrowRight"), ["b", true]);
  assert.deepEqual(press("Home"), ["a", true]);
  assert.deepEqual(press("Tab"), ["a", false]);
  /** @type {HTMLElement} */ (document.activeElement).blur();
  assert.equal(press("ArrowRight")[1], false);
});
