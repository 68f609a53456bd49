// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { show } from "../../resnet_explorer/ui/canvas/scripts/main.js";
import { aimed, next } from "../../resnet_explorer/ui/canvas/scripts/pure/beats.js";
import { Page } from "./page.js";

/** @import { BeatData } from "../../resnet_explorer/ui/canvas/scripts/data.js" */

/** @type {BeatData} */
const BEAT = {
  kind: "beat",
  talk: "t",
  title: "A talk",
  at: 1,
  count: 3,
  says: "Look.",
  notes: "One.\n\nTwo.",
  source: "a paper",
  alone: false,
};

let talks = 0;

/**
 * A talk of its own, unless it is named.
 * @param {Partial<BeatData>} changes
 */
function held(changes = {}) {
  const page = new Page();
  const { location, AbortController } = page.window;
  Object.assign(globalThis, { location, AbortController });
  talks += 1;
  /** @type {[string, unknown][]} */
  const told = [];
  const send = (/** @type {Partial<BeatData>} */ more = {}) =>
    show({
      data: { ...BEAT, talk: `t${talks}`, ...changes, ...more },
      parentElement: page.parent,
      setTriggerValue: (name, value) => told.push([name, value]),
    });
  const close = page.leaving(send());
  const press = (/** @type {string} */ key, /** @type {Element} */ at = page.window.document.body) =>
    at.dispatchEvent(
      new page.window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, composed: true }),
    );
  return { page, told, send, close, press };
}

test("keys of keyboard and clicker lead to the beats beside it", () => {
  const { told, press, close, send } = held();
  for (const [key, to] of [
    ["ArrowRight", "2"],
    ["PageDown", "2"],
    ["ArrowLeft", "0"],
    ["PageUp", "0"],
  ]) {
    press(key);
    assert.deepEqual(told.pop(), ["turn", to]);
    send({ at: Number(to) });
    send({ at: 1 }); // somebody goes back another way
  }
  press("x");
  close();
  press("PageDown"); // the talk has been left
  assert.deepEqual(told, []);
});

test("keys that are pressed before the answer lead on from what was asked for", () => {
  const { told, press, close, send } = held({ count: 9 });
  for (const key of ["PageDown", "PageDown", "PageDown", "PageUp"]) press(key);
  assert.deepEqual(told.splice(0), [["turn", "2"]]); // one after the other
  send({ at: 2 });
  assert.deepEqual(told.splice(0), [["turn", "3"]]);
  send({ at: 3 });
  press("PageDown");
  assert.deepEqual(told, [["turn", "4"]]);
  close();
});

test("keys that are pressed while the figure is exchanged are asked for by the next one, and once", () => {
  const talk = "over pages";
  const first = held({ talk, count: 9 });
  first.page.window.history.replaceState(null, "", "?present=1&talk=over");
  first.press("PageDown");
  first.press("PageDown");
  first.close();
  first.press("PageDown");
  assert.deepEqual(first.told, [["turn", "2"]]);
  const second = held({ talk, count: 9, at: 2 });
  second.send({ at: 2 });
  assert.deepEqual(second.told, [["turn", "4"]]);
  second.send({ at: 4 });
  second.press("PageUp");
  assert.deepEqual(second.told.slice(1), [["turn", "3"]]);
  second.close();
  second.page.window.history.replaceState(null, "", "?");
  second.press("PageDown"); // of a talk that was left
  const third = held({ talk, count: 9, at: 3 });
  assert.deepEqual(third.told, []);
  third.close();
});

test("what was asked for long ago is not waited for", (context) => {
  const now = performance.now();
  const { told, press, close } = held({ count: 9 });
  press("PageDown");
  context.mock.method(performance, "now", () => now + 60_000);
  press("PageDown");
  assert.deepEqual(
    told.map(([, to]) => to),
    ["2", "2"],
  );
  close();
});

test("nothing lies before the first beat and behind the last", () => {
  assert.deepEqual(
    [next({ at: 0, count: 2 }, -1), next({ at: 1, count: 2 }, 1), next({ at: 0, count: 2 }, 1)],
    [null, null, 1],
  );
  const { page, told, press, close } = held({ at: 2 });
  press("PageDown");
  assert.deepEqual(told, []);
  assert.equal(page.host.querySelectorAll("button")[1].disabled, true);
  close();
});

test("what takes arrow keys itself keeps them", () => {
  assert.equal(aimed("ArrowRight", "INPUT"), null);
  assert.equal(aimed("PageDown", "INPUT"), 1);
  assert.equal(aimed("n", "TEXTAREA"), null);
  assert.equal(aimed("N", "DIV"), "notes");
});

test("N shows what to say, and hides it; the sentence and its place stand there always", () => {
  const { page, press, close } = held();
  const notes = page.find("aside");
  assert.equal(notes.hidden, true);
  press("n");
  assert.equal(notes.hidden, false);
  assert.deepEqual(page.texts("aside p"), ["One.", "Two.", "Source: a paper"]);
  press("N");
  assert.equal(notes.hidden, true);
  assert.deepEqual([...page.texts(".rx-beat-says"), ...page.texts(".rx-beat-place")], ["Look.", "2 / 3"]);
  close();
});

test("notes in a window of their own are shown at once", () => {
  const { page, close } = held({ alone: true });
  assert.equal(page.find("aside").hidden, false);
  assert.ok(page.host.classList.contains("rx-alone"));
  close();
});

test("a finger that moves to a side turns, but not on a slider", () => {
  const { page, told, send, close } = held();
  const { document } = page.window;
  const move = (/** @type {Element} */ at, /** @type {number} */ by) => {
    const down = Object.assign(new page.window.Event("touchstart", { bubbles: true }), { touches: [{ clientX: 100 }] });
    const up = Object.assign(new page.window.Event("touchend", { bubbles: true }), {
      changedTouches: [{ clientX: 100 + by }],
    });
    at.dispatchEvent(down);
    at.dispatchEvent(up);
  };
  move(document.body, -80);
  send({ at: 2 });
  move(document.body, 80);
  send({ at: 1 });
  move(document.body, 20);
  move(document.body.appendChild(document.createElement("input")), -80);
  assert.deepEqual(told, [
    ["turn", "2"],
    ["turn", "1"], // back from the one that was asked for
  ]);
  close();
});
