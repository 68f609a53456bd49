// @ts-check
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Line } from "../../resnet_explorer/ui/canvas/scripts/line.js";
import { Page } from "./page.js";

test("what is told while the server is away is told once the page has run again", () => {
  mock.timers.enable({ apis: ["setInterval"] });
  const { window } = new Page();
  const app = window.document.createElement("div");
  window.document.body.append(app);
  app.dataset.testid = "stApp";
  const state = (/** @type {string} */ connection, /** @type {string} */ script) => {
    app.setAttribute("data-test-connection-state", connection);
    app.setAttribute("data-test-script-state", script);
    mock.timers.tick(300);
  };
  /** @type {any[][]} */
  const told = [];
  const line = new Line((/** @type {any[]} */ ...each) => void told.push(each));
  state("CONNECTED", "notRunning");
  line.tell("step", "3");
  assert.deepEqual(told, [["step", "3"]]);
  state("PINGING_SERVER", "notRunning");
  line.tell("cut", "layer1.0");
  line.tell("cut", "layer1.1");
  state("CONNECTED", "running");
  assert.equal(told.length, 1);
  line.through = (/** @type {any[]} */ ...each) => void told.push(["new", ...each]);
  state("CONNECTED", "notRunning"); // connected, and about to run
  state("CONNECTED", "running");
  assert.equal(told.length, 1);
  state("CONNECTED", "notRunning");
  mock.timers.tick(1200);
  mock.timers.tick(1200);
  assert.deepEqual(told.slice(1), [["new", "cut", "layer1.1"]]);
  mock.timers.reset();
});
