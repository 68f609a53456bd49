// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { show } from "../../resnet_explorer/ui/canvas/scripts/main.js";
import { Page } from "./page.js";

/** @import { ToolsData } from "../../resnet_explorer/ui/canvas/scripts/kinds.js" */

const HEAD = { address: "http://127.0.0.1/block?net=resnet18&x=<b>", code: "qr.svg?of=a", blank: false };
const UNDO = { name: "undo", label: "Undo", icon: "undo", help: "", off: true };
const RESET = { name: "reset", label: "Reset", icon: "restart_alt", help: "", off: false };
const PRESENT = { name: "present", label: "Present", icon: "fullscreen", help: "The figure alone", off: false };

/** @param {Partial<ToolsData>} first */
function bar(first = {}) {
  const page = new Page();
  /** @type {[string, unknown][]} */
  const told = [];
  const send = (/** @type {Partial<ToolsData>} */ changes) => {
    /** @type {ToolsData} */
    const data = { kind: "tools", acts: [UNDO, RESET, PRESENT], blanks: false, head: HEAD, share: null, ...changes };
    const bytes = new TextEncoder().encode(JSON.stringify(data));
    show({ data: bytes, parentElement: page.parent, setTriggerValue: (name, value) => told.push([name, value]) });
  };
  send(first);
  const tools = () => /** @type {HTMLButtonElement[]} */ ([...page.host.querySelectorAll(".rx-tool")]);
  return { page, told, send, tools };
}

/**
 * @param {Page} page
 * @param {string} key
 * @param {HTMLElement} at
 */
function press(page, key, at) {
  at.dispatchEvent(new page.window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

test("a tool is told by its name, and one that is off cannot be used", () => {
  const { told, tools } = bar();
  const [undo, reset, present, sheet] = tools();
  assert.deepEqual(
    tools().map((each) => each.children[1].textContent),
    ["Undo", "Reset", "Present", "Hand-out"],
  );
  assert.equal(undo.disabled, true);
  assert.deepEqual([present.title, reset.title], ["The figure alone", "Reset"]);
  undo.click();
  reset.click();
  assert.deepEqual(told, [["act", "reset"]]);
  assert.equal(sheet.hidden, false);
});

test("the bar is one stop of the Tab key, and arrows pass by what cannot be used", () => {
  const { page, tools } = bar();
  const [, reset, present, sheet] = tools();
  const stops = () => [reset, present, sheet].map((each) => each.tabIndex);
  assert.deepEqual(stops(), [0, -1, -1]);
  reset.focus();
  press(page, "ArrowRight", reset);
  assert.deepEqual(stops(), [-1, 0, -1]);
  assert.equal(page.window.document.activeElement, present);
  press(page, "End", present);
  assert.equal(page.window.document.activeElement, sheet);
  press(page, "ArrowLeft", present);
  assert.equal(page.window.document.activeElement, reset, "Undo cannot be used");
});

test("a tool keeps its button, and so the focus, where its name or its use changes", () => {
  const { send, tools } = bar();
  const [undo] = tools();
  send({ acts: [{ ...UNDO, off: false }, PRESENT], blanks: null });
  assert.equal(tools()[0], undo);
  assert.equal(undo.disabled, false);
  assert.deepEqual(
    tools().map((each) => each.hidden),
    [false, false, true],
  );
});

test("blanks are chosen in the panel of the hand-out", () => {
  const { page, told, send } = bar();
  const box = /** @type {HTMLInputElement} */ (page.host.querySelector(".rx-sheet input"));
  assert.equal(box.checked, false);
  box.click();
  assert.deepEqual(told, [["act", "blanks"]]);
  send({ blanks: true });
  assert.equal(box.checked, true);
});

/** @param {Page} page */
function printed(page) {
  return page.window.document.querySelector(".paper-head");
}

test("a printed page begins with its link, as text and as a code, before all else and as long as the tools are there", () => {
  const main = new Page().window.document.createElement("main");
  main.dataset.testid = "stMainBlockContainer";
  main.append("the page");
  const { page, send } = bar();
  assert.equal(printed(page), null);
  page.window.document.body.append(main);
  send({});
  const head = /** @type {HTMLElement} */ (main.firstChild);
  assert.equal(head, printed(page));
  assert.equal(head.textContent, "ResNet Explorerhttp://127.0.0.1/block?net=resnet18&x=<b>");
  const code = /** @type {HTMLImageElement} */ (head.querySelector("img"));
  assert.deepEqual([code.getAttribute("src"), code.getAttribute("loading")], ["qr.svg?of=a", "lazy"]);
  send({ head: { ...HEAD, code: "", blank: true } });
  assert.equal(main.firstChild, head);
  assert.equal(head.className, "paper-head paper-blanks");
  assert.deepEqual([head.querySelectorAll("i").length, head.querySelector("img")], [2, null]);
  page.host.style.setProperty("--st-background-color", "black");
  send({});
  assert.equal(head.className, "paper-head paper-dark");
  send(/** @type {any} */ ({ kind: "ways", groups: [] }));
  assert.equal(main.textContent, "the page");
});
