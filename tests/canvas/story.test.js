// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { show } from "../../resnet_explorer/ui/canvas/scripts/main.js";
import { axis } from "./made.js";
import { Page } from "./page.js";

/** A page of three chapters, whose titles stand at `tops`, under a picture that ends at 300. */
function story(tops = [350, 900, 1500]) {
  const page = new Page();
  const { document } = page.window;
  const main = document.createElement("div");
  main.setAttribute("data-testid", "stMain");
  const scrolls = /** @type {number[]} */ ([]);
  main.scrollBy = (/** @type {any} */ how) => scrolls.push(how.top);
  document.body.append(main);
  page.host.getBoundingClientRect = () => /** @type {any} */ ({ bottom: 300 });
  for (const i of tops.keys()) {
    const title = main.appendChild(document.createElement("h2"));
    title.getBoundingClientRect = () => /** @type {any} */ ({ top: tops[i] });
  }
  const chapters = tops.map((_, i) => ({
    short: `C${i}`,
    title: `Chapter ${i}`,
    caption: `net ${i}`,
    figure: axis({ svg: axis().svg.replace("<svg", `<svg data-n="${i}"`) }),
  }));
  const data = /** @type {const} */ ({ kind: "story", chapters, opens: false, folds: false, cuts: false });
  const close = page.leaving(
    show({ data: { ...data, chapters }, parentElement: page.parent, setTriggerValue: () => {} }),
  );
  const scroll = () => {
    document.dispatchEvent(new page.window.Event("scroll"));
    page.frame();
  };
  const drawn = () => page.find(".rx-figure svg").dataset.n;
  const current = () => page.find(".rx-chapter[aria-current]").textContent;
  return { page, tops, scrolls, scroll, drawn, current, close, main };
}

test("the picture shows the net of the chapter that is read, and the list marks it", () => {
  const { page, tops, scroll, drawn, current } = story();
  assert.deepEqual([drawn(), current(), page.find(".rx-caption").textContent], ["0", "C0", "net 0"]);
  tops.splice(0, 3, -600, -50, 550);
  scroll();
  assert.deepEqual([drawn(), current(), page.find(".rx-caption").textContent], ["1", "C1", "net 1"]);
  tops.splice(0, 3, 350, 900, 1500);
  scroll();
  assert.deepEqual([drawn(), current()], ["0", "C0"]);
});

test("a chapter of the list is brought under the picture, and the keyboard goes on from there", () => {
  const { page, scrolls, drawn, main } = story();
  const button = page.host.querySelectorAll("button")[2];
  button.click();
  assert.deepEqual(scrolls, [1500 - 300 - 24]);
  assert.equal(drawn(), "2");
  assert.equal(page.window.document.activeElement, main.querySelectorAll("h2")[2]);
});

test("the list is one stop of the keyboard, in which arrows lead on", () => {
  const { page } = story();
  const stops = () => [...page.host.querySelectorAll("button")].map((button) => button.tabIndex);
  assert.deepEqual(stops(), [0, -1, -1]);
  page.host.querySelectorAll("button")[0].focus();
  page
    .find(".rx-chapters")
    .dispatchEvent(new page.window.KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
  assert.deepEqual(stops(), [-1, 0, -1]);
  assert.equal(page.window.document.activeElement?.textContent, "C1");
});

test("a story that is taken away hears of no scrolling any more", () => {
  const { page, tops, scroll, close } = story();
  close();
  tops.splice(0, 3, -600, -50, 550);
  scroll();
  assert.equal(page.host.textContent, "");
});
