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
    {
      look: "nets",
      title: "Open a net",
      links: [
        ["explore?net=resnet18", "18", "ResNet-18"],
        ["catalogue", "all nets", ""],
      ],
    },
  ],
};

function shown() {
  const page = new Page();
  const send = () => show({ data: DATA, parentElement: page.parent, setTriggerValue: () => {} });
  send();
  /** The addresses to which the app was sent. @type {string[]} */
  const gone = [];
  page.window.addEventListener("popstate", () => gone.push(page.window.location.search));
  return { page, gone, send };
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

test("a link is one of the browser with its address; after a plain click the app goes there", () => {
  const { page, gone } = shown();
  assert.deepEqual(page.attributes("a", "href"), ["gradients?g_net=x", "explore?net=resnet18", "catalogue"]);
  assert.equal(follows(page, 1), true);
  assert.deepEqual(gone, ["?net=resnet18"]);
});

test("the row of nets is one stop of the Tab key, and arrow keys go through it", () => {
  const { page } = shown();
  const stops = () => [...page.host.querySelectorAll("a")].filter((each) => each.tabIndex === 0);
  const texts = () => stops().map((each) => each.textContent);
  assert.deepEqual(texts(), ["Race", "18"]);
  assert.ok(page.press(".rx-ways-nets a", "ArrowRight"));
  assert.deepEqual(texts(), ["Race", "all nets"]);
  assert.ok(!page.press(".rx-ways-nets a", "Enter"));
});

test("with Ctrl, Shift, Alt or ⌘ the browser follows it", () => {
  const { page, gone } = shown();
  for (const held of ["ctrlKey", "shiftKey", "altKey", "metaKey"])
    assert.equal(follows(page, 0, { [held]: true }), false);
  assert.deepEqual(gone, []);
});

test("so does it after a click on a link in a text, and no other link is touched", () => {
  const { page, gone } = shown();
  const { document } = page.window;
  document.body.insertAdjacentHTML(
    "beforeend",
    `<div data-testid="stMain"><p data-testid="stMarkdownContainer"><a href="cost?net=resnet34"><b>Cost</b></a>
     <a href="#a">a</a><a href="https://arxiv.org/abs/1512.03385">paper</a></p><a href="cost">b</a></div>`,
  );
  const [cost, ...others] = document.querySelectorAll("p b, p a:not(:has(b)), p ~ a");
  const click = (/** @type {Element} */ at, /** @type {MouseEventInit} */ held = {}) => {
    const made = new page.window.MouseEvent("click", { bubbles: true, cancelable: true, ...held });
    at.dispatchEvent(made);
    return made.defaultPrevented;
  };
  assert.equal(click(cost), true);
  assert.deepEqual(gone, ["?net=resnet34"]);
  assert.equal(click(cost, { ctrlKey: true }), false);
  assert.deepEqual(
    others.map((each) => click(each)),
    [false, false, false],
  );
  assert.equal(gone.length, 1);
});

test("words stand under a door, and appear over a net", () => {
  const { page } = shown();
  assert.deepEqual(page.texts("p"), ["two nets"]);
  assert.deepEqual(page.attributes("a", "title"), [null, "ResNet-18", null]);
  assert.deepEqual(page.texts("b"), ["Open a net"]);
});

test("the same links again leave what is there, and the focus on it", () => {
  const { page, send } = shown();
  const [first] = page.host.querySelectorAll("a");
  first.focus();
  send();
  assert.equal(page.window.document.activeElement, first);
});
