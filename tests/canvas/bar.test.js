// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { carry } from "../../resnet_explorer/ui/canvas/scripts/bar.js";
import { Ways } from "../../resnet_explorer/ui/canvas/scripts/ways.js";
import { Page } from "./page.js";

/** @param {string} html @param {string} [search] */
function opened(html, search = "") {
  const { window } = new Page();
  window.history.replaceState({}, "", `/app/explore${search}`);
  window.document.body.innerHTML = html;
  carry();
  const link = /** @type {HTMLAnchorElement} */ (window.document.querySelector("a"));
  const to = (/** @type {Event} */ event) => link.dispatchEvent(event);
  return { window, link, to };
}

const LINK = '<a data-testid="stTopNavDropdownLink" href="http://127.0.0.1/app/block"><span>Block</span></a>';

test("a link of the bar holds the view when somebody is about to follow it, and not how it is shown", () => {
  const { window, link } = opened(LINK, "?cut=layer1.0%2Clayer2.1&room=ABCD&present=1&image=32");
  assert.equal(link.search, "");
  link.firstElementChild?.dispatchEvent(new window.Event("pointerdown", { bubbles: true }));
  assert.equal(link.href, "http://127.0.0.1/app/block?cut=layer1.0,layer2.1&image=32");
  window.history.replaceState({}, "", "/app/explore");
  link.dispatchEvent(new window.Event("focusin", { bubbles: true }));
  assert.equal(link.href, "http://127.0.0.1/app/block");
});

test("the front door holds no view in its address, and its links to pages do", () => {
  const door = '<a data-testid="stTopNavLink" href="http://127.0.0.1/app/"></a>';
  const { window, link, to } = opened(door, "?net=resnet18");
  to(new window.Event("pointerdown", { bubbles: true }));
  assert.equal(link.href, "http://127.0.0.1/app/");
  const there = opened(LINK);
  const shown = document.body.appendChild(document.createElement("div"));
  const ways = new Ways(shown);
  ways.update({ kind: "ways", groups: [{ look: "pages", title: "", links: [["explore?net=resnet50", "", ""]] }] });
  there.to(new there.window.Event("pointerdown", { bubbles: true }));
  assert.equal(there.link.search, "?net=resnet50");
  ways.close();
  there.to(new there.window.Event("pointerdown", { bubbles: true }));
  assert.equal(there.link.search, "");
});

test("a click that asks for another tab is the browser's, and any other the page's", () => {
  const { window, link, to } = opened(LINK);
  let heard = 0;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    heard += 1;
  });
  const click = (/** @type {object} */ how) => to(new window.MouseEvent("click", { bubbles: true, ...how }));
  click({});
  assert.equal(heard, 1);
  for (const key of ["ctrlKey", "metaKey", "shiftKey"]) click({ [key]: true });
  assert.equal(heard, 1);
});
