// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { Player } from "../../resnet_explorer/ui/canvas/scripts/player.js";
import { Run } from "../../resnet_explorer/ui/canvas/scripts/pure/run.js";
import { opened } from "../../resnet_explorer/ui/canvas/scripts/pure/series.js";
import { Clock } from "./clock.js";
import { net, packed, run } from "./made.js";
import { Page } from "./page.js";

/** @import { TestContext } from "node:test" */
/** @import { NetData, RunData } from "../../resnet_explorer/ui/canvas/scripts/data.js" */

/**
 * @param {Partial<RunData>} changes
 * @param {NetData[]} nets
 */
function ran(changes = {}, nets = [net()]) {
  return new Run({ ...run({ name: "run", tells: true, ...changes }), nets: nets.map(opened) });
}

/** A run of so many steps, told as it goes on or when it is over. @param {number} count */
function grown(count, running = true, changes = {}) {
  const steps = Array.from({ length: count }, (_, i) => i);
  const each = steps.map(() => 1);
  const norms = packed(...steps.flatMap(() => [0, 0, 0, 0]));
  return ran({ running, ...changes }, [net({ steps, loss: each, ratio: each, norms })]);
}

/**
 * A player with time that passes when the test says so.
 * @param {TestContext} context
 * @param {{ still?: boolean }} how
 */
function player(context, how = {}) {
  const clock = new Clock(context);
  const page = new Page(1132, how);
  /** @type {string[]} */
  const told = [];
  /** @type {[number, boolean][]} */
  const frames = [];
  const made = new Player(
    page.host,
    (frame, fixed) => frames.push([frame, fixed]),
    (step) => told.push(step),
  );
  const slide = (/** @type {number} */ frame) => {
    made.slider.value = String(frame);
    page.point(".rx-slider", "input");
  };
  return { page, clock, made, told, frames, slide };
}

const SETTLE = 400;

test("a finished run opens at its last step, with what was measured there", (context) => {
  const { page, made, frames } = player(context);
  made.set(ran());
  assert.deepEqual(page.texts(".rx-step"), ["step 3 of 3"]);
  assert.deepEqual(page.texts(".rx-net > *:not(svg)"), ["ResNet", "loss 0.0200", "first / last 0.100"]);
  assert.equal(page.find(".rx-net").className, "rx-net residual");
  assert.deepEqual(
    [made.slider.max, made.slider.value, made.slider.style.getPropertyValue("--done")],
    ["2", "2", "100%"],
  );
  assert.equal(made.slider.getAttribute("aria-valuetext"), "step 3 of 3");
  assert.deepEqual(frames, [[2, false]]);
});

test("each of two nets shows what it had measured at a step, what is not finite, and when it ended", (context) => {
  const { page, made } = player(context);
  const slow = net({
    title: "plain",
    residual: false,
    steps: [0],
    loss: [null],
    ratio: [5e5],
    norms: packed(0, 0, 0, 0),
  });
  made.set(ran({}, [net(), slow]));
  made.go(0);
  assert.deepEqual(page.texts(".rx-net span"), [
    "loss 2.00",
    "first / last 10.0",
    "loss not finite",
    "first / last 5.0e+5",
  ]);
  made.by(1);
  assert.deepEqual(page.texts(".rx-net span"), ["loss 0.200", "first / last 1.00", "ended at step 1", ""]);
});

test("a run without steps says so and cannot be played", (context) => {
  const { page, made } = player(context);
  made.set(ran({ running: true }, [net({ steps: [], loss: [], ratio: [], norms: "" })]));
  assert.deepEqual(page.texts(".rx-step"), ["no step yet"]);
  assert.deepEqual(page.texts(".rx-net span"), ["", ""]);
  assert.ok([made.slider, made.button, made.back, made.on].every((each) => each.disabled));
});

test("the slider goes with a run that goes on, until a visitor moves it", (context) => {
  const { page, made, slide } = player(context);
  made.set(grown(2));
  made.set(grown(5));
  assert.deepEqual(page.texts(".rx-step"), ["step 5"]);
  slide(1);
  made.set(grown(8));
  assert.deepEqual(page.texts(".rx-step"), ["step 2"]);
  slide(7);
  made.set(grown(9));
  assert.deepEqual(page.texts(".rx-step"), ["step 9"]);
});

test("when the run is over, the page is told of a step that was chosen while it went on", (context) => {
  const { clock, made, told, slide } = player(context);
  made.set(grown(5));
  slide(1);
  clock.tick(SETTLE);
  assert.deepEqual(told, []);
  made.set(grown(6, false));
  clock.tick(SETTLE);
  assert.deepEqual(told, ["2"]);
});

test("a slider that went with the run stands where the finished run opens, and tells nothing", (context) => {
  const { clock, page, made, told } = player(context);
  made.set(grown(5));
  const broken = net({ norms: packed(0, 0, 0, 0, 0, 0, 0, 0, ...Array(4).fill(32767)), steps: [0, 1, 9] });
  made.set(ran({}, [net({ ...broken, steps: [0, 1, 2] })]));
  assert.deepEqual(page.texts(".rx-step"), ["step 2 of 3"]);
  clock.tick(SETTLE);
  assert.deepEqual(told, []);
});

test("another run with the same name and fewer steps is a new one", (context) => {
  const { page, made, slide } = player(context);
  made.set(grown(5, false));
  slide(0);
  made.set(grown(3, false));
  assert.deepEqual(page.texts(".rx-step"), ["step 3 of 3"]);
});

test("a run without a name can be the first one", (context) => {
  const { page, made } = player(context);
  made.set(ran({ name: undefined }));
  assert.deepEqual(page.texts(".rx-step"), ["step 3 of 3"]);
});

test("the page is told where the slider has come to rest, once, and 0 where the run opens by itself", (context) => {
  const { clock, made, told, slide } = player(context);
  made.set(ran());
  slide(1);
  clock.tick(SETTLE - 1);
  slide(0);
  clock.tick(SETTLE - 1);
  assert.deepEqual(told, []);
  clock.tick(1);
  assert.deepEqual(told, ["1"]);
  slide(2);
  clock.tick(SETTLE);
  assert.deepEqual(told, ["1", "0"]);
});

test("an answer of the page does not move the slider; another step does", (context) => {
  const { clock, page, made, told, slide } = player(context);
  made.set(ran());
  slide(1);
  clock.tick(SETTLE);
  assert.deepEqual(told, ["2"]);
  slide(0);
  made.set(ran({ at: 2 })); // the answer comes while the visitor is elsewhere
  assert.deepEqual(page.texts(".rx-step"), ["step 1 of 3"]);
  clock.tick(SETTLE);
  made.set(ran({ at: 1 }));
  made.set(ran({ at: 2 })); // undo
  assert.deepEqual(page.texts(".rx-step"), ["step 2 of 3"]);
});

test("each of two steps that were told has an answer of its own", (context) => {
  const { page, clock, made, told, slide } = player(context);
  made.set(ran());
  for (const frame of [1, 0]) {
    slide(frame);
    clock.tick(SETTLE);
  }
  assert.deepEqual(told, ["2", "1"]);
  slide(2);
  made.set(ran({ at: 2 }));
  made.set(ran({ at: 1 }));
  assert.deepEqual(page.texts(".rx-step"), ["step 3 of 3"]);
});

test("a step over which an undo has gone in the same moment is told again", (context) => {
  const { page, clock, made, told, slide } = player(context);
  made.set(ran({ at: 3 }));
  slide(0);
  clock.tick(SETTLE);
  made.set(ran({ at: 3 })); // the page as it was before, without an answer to what it was told
  assert.deepEqual(page.texts(".rx-step"), ["step 1 of 3"]);
  clock.tick(SETTLE);
  assert.deepEqual(told, ["1", "1"]);
  made.set(ran({ at: 1 }));
  clock.tick(SETTLE);
  assert.deepEqual(told, ["1", "1"], "it has been answered");
});

test("what the visitor has not told yet is forgotten when the page chooses another step", (context) => {
  const { clock, made, told, slide } = player(context);
  made.set(ran({ at: 2 }));
  slide(0);
  made.set(ran({ at: 3 }));
  clock.tick(SETTLE);
  assert.deepEqual(told, []);
});

test("the buttons and keys step by one, and no further than the run", (context) => {
  const { page, made } = player(context);
  made.set(ran({ at: 2 }));
  const at = () => made.frame;
  page.point('[aria-label="One step back"]', "click");
  assert.equal(at(), 0);
  page.point('[aria-label="One step back"]', "click");
  assert.equal(at(), 0);
  page.press(".rx-play", "ArrowRight");
  assert.equal(at(), 1);
  assert.equal(page.press(".rx-slider", "ArrowRight"), false); // the slider knows it itself
  assert.equal(page.press(".rx-play", "a"), false);
  assert.equal(at(), 1);
});

test("a replay goes from the first step to the last in its pace, and rests there", (context) => {
  const { clock, page, made, told } = player(context);
  made.set(grown(100, false));
  page.point(".rx-play", "click");
  assert.equal(made.frame, 0);
  assert.equal(page.find(".rx-play").getAttribute("aria-label"), "Pause");
  clock.tick(60 * 10);
  assert.equal(made.frame, 10);
  clock.tick(60 * 90);
  assert.equal(made.frame, 99);
  assert.equal(page.find(".rx-play").getAttribute("aria-label"), "Replay the run");
  clock.tick(SETTLE);
  assert.deepEqual(told, ["0"]);
});

test("a replay begins at the first step where the run opens before its end", (context) => {
  const { page, clock, made } = player(context);
  made.set(ran({}, [net({ norms: packed(0, 0, 0, 0, 0, 0, 0, 0, ...Array(4).fill(32767)) })]));
  assert.equal(made.frame, 1);
  page.point(".rx-play", "click");
  assert.equal(made.frame, 0);
  clock.tick(200);
  page.point(".rx-play", "click");
  page.point(".rx-play", "click");
  assert.equal(made.frame, 1); // it goes on from where it was halted
});

test("a replay is halted where it is, and goes on from there", (context) => {
  const { clock, page, made, told } = player(context);
  made.set(grown(100, false));
  page.point(".rx-play", "click");
  clock.tick(60 * 10);
  page.point(".rx-play", "click");
  clock.tick(60 * 10);
  assert.equal(made.frame, 10);
  assert.deepEqual(told, ["11"]);
  page.point(".rx-play", "click");
  clock.tick(60 * 2);
  assert.equal(made.frame, 12);
});

test("a run plays by itself where the page asks for it, unless the visitor wants no motion", (context) => {
  const moving = player(context, { still: false });
  moving.made.set(ran({ plays: true }));
  assert.equal(moving.made.frame, 0);
  moving.made.close();
  const calm = new Player(
    new Page(1132, { still: true }).host,
    () => {},
    () => {},
  );
  calm.set(ran({ plays: true }));
  assert.equal(calm.frame, 2);
});

test("the axis is fixed and let go by its button", (context) => {
  const { page, made, frames } = player(context);
  made.set(ran());
  page.point(".rx-fix", "click");
  assert.deepEqual(frames.at(-1), [2, true]);
  made.by(-1);
  assert.deepEqual(frames.at(-1), [1, true]);
  page.point(".rx-fix", "click");
  assert.deepEqual(frames.at(-1), [1, false]);
});

test("what is of one moment shows no slider", (context) => {
  const { page, made } = player(context);
  made.set(ran({ track: { ...run().track, still: true } }));
  assert.ok(page.find(".rx-player").classList.contains("rx-still"));
});

test("a player that is closed tells nothing more", (context) => {
  const { clock, page, made, told, slide } = player(context);
  made.set(ran());
  slide(0);
  made.close();
  clock.tick(SETTLE);
  assert.deepEqual(told, []);
  assert.equal(page.host.children.length, 0);
});
