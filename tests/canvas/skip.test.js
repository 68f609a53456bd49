// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { skip } from "../../resnet_explorer/ui/canvas/scripts/skip.js";
import { Page } from "./page.js";

test("the first link of a page leads to its main part, and leaves its address as it is", () => {
  const { window } = new Page();
  const { document } = window;
  const main = document.createElement("section");
  main.dataset.testid = "stMain";
  document.body.append(main);
  skip();
  skip();
  const [link, ...others] = document.querySelectorAll("a");
  assert.equal(document.body.firstChild, link);
  assert.equal(others.length, 0);
  assert.equal(document.getElementById(link.href.split("#")[1]), main);
  link.click();
  assert.equal(document.activeElement, main);
  assert.equal(window.location.hash, "");
});
