// @ts-check
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { show } from "../../resnet_explorer/ui/canvas/scripts/main.js";
import { Page } from "./page.js";

function shown() {
  const page = new Page();
  /** @type {[string, unknown][]} */
  const told = [];
  mock.timers.enable({ apis: ["setTimeout"] });
  const close = page.leaving(
    show({
      data: { kind: "later" },
      parentElement: page.parent,
      setTriggerValue: (name, value) => told.push([name, value]),
    }),
  );
  return { told, close };
}

test("what comes later is asked for once, when the page has been drawn", () => {
  const { told } = shown();
  mock.timers.tick(499);
  assert.deepEqual(told, []);
  mock.timers.tick(10_000);
  assert.deepEqual(told, [["drawn", ""]]);
  mock.timers.reset();
});

test("on a page that was left it is not asked for", () => {
  const { told, close } = shown();
  close();
  mock.timers.tick(10_000);
  assert.deepEqual(told, []);
  mock.timers.reset();
});
