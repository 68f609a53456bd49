// @ts-check
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Line, lost } from "../../resnet_explorer/ui/canvas/scripts/line.js";
import { Page } from "./page.js";

/** A page whose state can be set, and what it is told. */
function made() {
  mock.timers.enable({ apis: ["setInterval"] });
  const { window } = new Page();
  const app = window.document.createElement("div");
  window.document.body.append(app);
  app.dataset.testid = "stApp";
  const state = (/** @type {string} */ connection, /** @type {string} */ script, ms = 300) => {
    app.setAttribute("data-test-connection-state", connection);
    app.setAttribute("data-test-script-state", script);
    mock.timers.tick(ms);
  };
  /** @type {any[][]} */
  const told = [];
  const line = new Line((/** @type {any[]} */ ...each) => void told.push(each));
  return { state, told, line };
}

test("what is told while the server is away is told once the page has run again", () => {
  const { state, told, line } = made();
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

test("what is told when the server is back, before the page has run, waits as well, and the newest counts", () => {
  const { state, told, line } = made();
  state("PINGING_SERVER", "notRunning");
  lost();
  line.tell("step", "3");
  state("CONNECTED", "running");
  line.tell("step", "5"); // the server is back, and knows nothing of the page
  const other = new Line((/** @type {any[]} */ ...each) => void told.push(["other", ...each]));
  other.tell("cut", "layer1.0");
  assert.deepEqual(told, []);
  state("CONNECTED", "notRunning", 1400);
  assert.deepEqual(told, [
    ["step", "5"],
    ["other", "cut", "layer1.0"],
  ]);
  line.tell("step", "7");
  assert.deepEqual(told.at(-1), ["step", "7"]);
  mock.timers.reset();
});

test("a page that asks again and again hears of it too", () => {
  const { state, told, line } = made();
  state("PINGING_SERVER", "notRunning", 0);
  line.tell("step", "3");
  for (let i = 0; i < 30; i++) state("CONNECTED", i % 2 ? "running" : "notRunning", 400);
  assert.deepEqual(told, [["step", "3"]]);
  mock.timers.reset();
});
