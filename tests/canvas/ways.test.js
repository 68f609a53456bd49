// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { show } from "../../resnet_explorer/ui/canvas/scripts/main.js";
import { Page } from "./page.js";

/** @import { WaysData } from "../../resnet_explorer/ui/canvas/scripts/kinds.js" */

/** @type {WaysData} */
const DATA = {
  kind: "ways",
  groups: [
    { look: "doors", title: "", links: [["gradients?g_net=x", "Race", "two nets"]] },
    { look: "nets", title: "Open a net", links: [["explore?net=resnet18", "18", "ResNet-18"]] },
  ],
};

function shown() {
  const page = new Page();
  /** @type {[string, unknown][]} */
  const told = [];
  const send = () =>
    show({ data: DATA, parentElement: page.parent, setTriggerValue: (name, value) => told.push([name, value]) });
  send();
  return { page, told, send };
}

/**
 * Whether the page follows a click on a link, and not the browser.
 * @param {Page} page
 * @param {number} at
 * @param {MouseEventInit} [held]
 */
function follows(page, at, held = {}) {
  const link = page.host.querySelectorAll("a")[at];
  const click = new page.window.MouseEvent("click", { bubbles: true, cancelable: true, ...held });
  link.dispatchEvent(click);
  return click.defaultPrevented;
}

test("a link is one of the browser with its address; a plain click is told by its place", () => {
  const { page, told } = shown();
  assert.deepEqual(page.attributes("a", "href"), ["gradients?g_net=x", "explore?net=resnet18"]);
  assert.equal(follows(page, 1), true);
  assert.deepEqual(told, [["go", "1"]]);
});

test("with Ctrl, Shift, Alt or ⌘ the browser follows it", () => {
  const { page, told } = shown();
  for (const held of ["ctrlKey", "shiftKey", "altKey", "metaKey"])
    assert.equal(follows(page, 0, { [held]: true }), false);
  assert.deepEqual(told, []);
});

test("words stand under a door, and appear over a net", () => {
  const { page } = shown();
  assert.deepEqual(page.texts("p"), ["two nets"]);
  assert.deepEqual(page.attributes("a", "title"), [null, "ResNet-18"]);
  assert.deepEqual(page.texts("b"), ["Open a net"]);
});

test("the same links again leave what is there, and the focus on it", () => {
  const { page, send } = shown();
  const [first] = page.host.querySelectorAll("a");
  first.focus();
  send();
  assert.equal(page.window.document.activeElement, first);
});
