// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { forget } from "../../resnet_explorer/ui/canvas/scripts/sidebar.js";
import { Page } from "./page.js";

test("a page that is left takes with it that its sidebar was open, and nothing else", () => {
  const { window } = new Page();
  forget();
  forget();
  window.localStorage.setItem("stSidebarCollapsed-", "false");
  window.localStorage.setItem("stActiveTheme", "dark");
  window.dispatchEvent(new window.Event("pagehide"));
  assert.deepEqual(Object.keys(window.localStorage), ["stActiveTheme"]);
});
