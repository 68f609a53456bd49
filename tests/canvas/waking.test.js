// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { wake } from "../../resnet_explorer/ui/canvas/scripts/waking.js";
import { Page } from "./page.js";

test("the page runs whenever its server is back, by what was shown last; until then no dialog stands before it", async () => {
  const { window } = new Page();
  const app = window.document.createElement("div");
  window.document.body.append(app);
  app.dataset.testid = "stApp";
  app.setAttribute("data-test-script-state", "notRunning"); // else it would be looked at for ever
  /** @type {string[]} */
  const told = [];
  const state = async (/** @type {string} */ connection) => {
    app.setAttribute("data-test-connection-state", connection);
    await new Promise((resolve) => setTimeout(resolve));
  };
  await state("CONNECTED");
  wake((name) => void told.push(`first ${name}`));
  wake((name) => void told.push(`last ${name}`));
  await state("CONNECTED");
  assert.deepEqual(told, []);
  let closed = 0;
  const dialog = async () => {
    const made = window.document.createElement("div");
    made.dataset.testid = "stDialog";
    made.innerHTML = '<button aria-label="Close"></button>';
    made.onclick = () => {
      closed += 1;
    };
    window.document.body.append(made);
    await new Promise((resolve) => setTimeout(resolve));
    made.remove();
  };
  await dialog();
  assert.equal(closed, 0);
  await state("PINGING_SERVER");
  await dialog();
  assert.equal(closed, 1);
  await state("CONNECTING");
  assert.deepEqual(told, []);
  await state("CONNECTED");
  assert.deepEqual(told, ["last again"]);
});
