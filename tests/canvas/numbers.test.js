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

test("the numbers of a part, the buttons of a row, the links in texts, what stands over charts and what helps are one Tab stop each", async () => {
  const page = new Page();
  const { document } = page.window;
  const pressed = (/** @type {string} */ name) => `<p data-testid="stButton"><button>${name}</button></p>`;
  const row = (/** @type {string} */ inside) => `<div data-testid="stHorizontalBlock">${inside}</div>`;
  const tried = `<p data-testid="stMarkdownContainer"><a href="x?net=y">x</a></p>`;
  const read = `<p data-testid="stMarkdownContainer"><a href="https://arxiv.org">z</a></p>`;
  document.body.innerHTML = `<div data-testid="stMain"><b class="derived" tabindex="0"></b><b class="derived" tabindex="0"></b>
    ${row(pressed("Undo") + pressed("Reset") + row(pressed("A") + pressed("B")))}${tried}${tried}${read}${read}
    <p data-testid="stButton"><button>alone</button></p>
    ${`<p class="modebar"><button>save</button></p><button aria-label="Help for a">?</button>`.repeat(2)}</div>`;
  hear();
  await Promise.resolve(); // what observes the page is told
  const stops = [...document.querySelectorAll("b, button, a")].map(
    (each) => /** @type {HTMLElement} */ (each).tabIndex,
  );
  assert.deepEqual(stops, [0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0, 0, 0, -1, -1]);
  const [undo, reset] = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("button"));
  undo.focus();
  undo.dispatchEvent(new page.window.KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true }));
  assert.equal(document.activeElement, reset);
  assert.deepEqual([undo.tabIndex, reset.tabIndex], [-1, 0]);
});

test("the first use of a word on the page shows what it means; where that goes, the next one does", async () => {
  const page = new Page();
  const { document } = page.window;
  const word = (/** @type {string} */ id, /** @type {string} */ text, /** @type {string} */ name) =>
    `<p><span class="term" id="${id}" data-t="${name}" data-f="what ${name} is">${text}</span></p>`;
  document.body.innerHTML = `<div data-testid="stMain">${word("a", "Stem", "stem")}${word("b", "stem", "stem")}${word("c", "MACs", "MACs")}</div>`;
  hear();
  await Promise.resolve();
  const told = () => [...document.querySelectorAll(".told")].map((each) => [each.id, each.getAttribute("aria-label")]);
  assert.deepEqual(told(), [
    ["a", "Stem: what stem is"],
    ["c", "MACs: what MACs is"],
  ]);
  assert.deepEqual(
    [...document.querySelectorAll(".term")].map((each) => each.getAttribute("tabindex")),
    ["0", null, "-1"],
  );
  document.querySelector("#a")?.remove();
  await Promise.resolve();
  assert.deepEqual(told()[0], ["b", "stem: what stem is"]);
  document.querySelector("div")?.insertAdjacentHTML("afterbegin", word("d", "stem", "stem"));
  await Promise.resolve();
  assert.deepEqual(told()[0], ["d", "stem: what stem is"]);
  assert.equal(document.querySelector("#b")?.getAttribute("role"), null);
});
