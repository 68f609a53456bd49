// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { Run } from "../../resnet_explorer/ui/canvas/scripts/pure/run.js";
import { opened } from "../../resnet_explorer/ui/canvas/scripts/pure/series.js";
import { net, packed, run } from "./made.js";

/** @import { NetData, RunData } from "../../resnet_explorer/ui/canvas/scripts/data.js" */

const BROKEN = 32767;
const ZERO = -32768;

/**
 * @param {NetData[]} nets
 * @param {Partial<RunData>} changes
 */
function ran(nets = [net()], changes = {}) {
  return new Run({ ...run(changes), nets: nets.map(opened) });
}

/** @param {number[][]} frames */
function normed(...frames) {
  const steps = frames.map((_, i) => i);
  return net({ columns: frames[0].length, steps, norms: packed(...frames.flat()) });
}

/**
 * The steps of a run's frames, and for each what is drawn of every net: its first norm, or why there is none.
 * @param {Partial<RunData>} changes
 * @param {[steps: number[], ended: boolean][]} nets
 */
function seenOf(changes, ...nets) {
  const made = ran(
    nets.map(([steps, ended]) => net({ columns: 1, steps, ended, norms: packed(...steps) })),
    changes,
  );
  const seen = (/** @type {number} */ frame) =>
    made.nets.map((each) => made.gone(each, frame) || made.values(each, frame)[0]);
  return [made.steps, made.steps.map((_, frame) => seen(frame))];
}

test("all nets are drawn at one step: the one that is further waits for the others", () => {
  const running = { running: true };
  assert.deepEqual(seenOf(running, [[0, 1, 2], false], [[0, 1], false]), [
    [0, 1],
    [
      [0, 0],
      [1, 1],
    ],
  ]);
  const none = "no step yet";
  assert.deepEqual(seenOf(running, [[0, 1], false], [[], false]), [
    [0, 1],
    [
      [0, none],
      [1, none],
    ],
  ]);
  assert.equal(ran([]).end, 0);
});

test("a net that has ended is waited for no more, and told", () => {
  assert.deepEqual(seenOf({ running: true }, [[0, 1], false], [[0], true]), [
    [0, 1],
    [
      [0, 0],
      [1, "ended at step 1"],
    ],
  ]);
  assert.deepEqual(seenOf({}, [[0, 2, 3], true], [[0, 2], true]), [
    [0, 2, 3],
    [
      [0, 0],
      [2, 2],
      [3, "ended at step 3"],
    ],
  ]);
});

test("the norms of a frame are those of the net's columns at that step", () => {
  const made = ran();
  assert.deepEqual([...made.values(made.nets[0], 1)], [-700, -700, -700, -700]);
  assert.deepEqual([...made.values(made.nets[0], 2)], [-1400, -700, 0, 700]);
  const none = ran([net({ steps: [], norms: "" })]);
  assert.deepEqual([...none.values(none.nets[0], 0)], []);
});

test("a scale encloses the norms of its frame, a fixed one those of the whole run", () => {
  const made = ran([normed([-70, 350], [-2100, -1300], [30800, -31500])]);
  assert.deepEqual(made.ends(0, false), [-1, 1]);
  assert.deepEqual(made.ends(1, false), [-3, -1]);
  assert.deepEqual(made.ends(2, false), [-45, 44]);
  assert.deepEqual(made.ends(0, true), [-45, 44]);
});

test("norms of 0 and those that are not finite do not stretch the scale", () => {
  assert.deepEqual(ran([normed([ZERO, BROKEN, 700, 1400])]).ends(0, false), [1, 2]);
  assert.deepEqual(ran([normed([ZERO, BROKEN])]).ends(0, false), [-3, 1]);
  assert.deepEqual(ran([normed([ZERO, BROKEN])]).ends(0, true), [-3, 1]);
});

test("one of two nets may lie far below the other: both are enclosed", () => {
  assert.deepEqual(ran([normed([0, 70]), normed([-3500, -3400])]).ends(0, false), [-5, 1]);
});

test("zeros have room as soon as one norm of the run is 0", () => {
  assert.equal(ran([normed([1, 2], [3, ZERO])]).zeros, true);
  assert.equal(ran().zeros, false);
});

test("a run opens at the last frame at which something of every net is finite", () => {
  const falls = normed([1, 2], [BROKEN, 3], [BROKEN, BROKEN], [BROKEN, BROKEN]);
  assert.equal(ran([falls]).opening, 1);
  assert.equal(ran([falls, normed([1], [1], [1], [1])]).opening, 1);
  assert.equal(ran([normed([1], [2], [3])]).opening, 2);
  assert.equal(ran([normed([BROKEN], [BROKEN])]).opening, 1);
});

test("a link opens a run at its step, or at the one before where that step is not shown", () => {
  const nets = [net({ steps: [0, 4, 10] })];
  assert.deepEqual(
    [1, 5, 7, 11, 999].map((at) => ran(nets, { at }).opening),
    [0, 1, 1, 2, 2],
  );
});

test("a run that goes on stands at its newest step, whatever the link says", () => {
  assert.equal(ran([net()], { running: true, at: 1 }).standing, 2);
  assert.equal(ran([net()], { at: 1 }).standing, 0);
});

test("a row without a finite norm says from which step on", () => {
  const made = ran([normed([1], [BROKEN], [BROKEN])]);
  assert.deepEqual(
    [0, 1, 2].map((at) => made.empty(made.nets, at)),
    ["", "not finite from step 2", "not finite from step 2"],
  );
  const two = ran([normed([1], [BROKEN], [BROKEN]), normed([1], [2], [BROKEN])]);
  assert.deepEqual(
    [0, 1, 2].map((at) => two.empty(two.nets, at)),
    ["", "", "not finite from step 3"],
  );
});

test("what is of one moment has no step to name", () => {
  const track = { ...run().track, still: true };
  const made = ran([normed([BROKEN])], { track });
  assert.equal(made.empty(made.nets, 0), "not finite");
  assert.equal(ran([net({ steps: [], norms: "" })]).empty([], 0), "");
});

test("a run goes on from another of its name that has as many steps or fewer", () => {
  const [two, three] = [net({ steps: [0, 1] }), net()];
  const named = (/** @type {NetData} */ each, name = "a") => ran([each], { name });
  assert.equal(named(three).continues(named(two)), true);
  assert.equal(named(three).continues(named(three)), true);
  assert.equal(named(two).continues(named(three)), false);
  assert.equal(named(three).continues(named(two, "b")), false);
  assert.equal(named(net({ steps: [0] })).continues(named(net({ steps: [0] }))), false);
});

test("a run that comes thinned when it is over goes on from the whole one, at the same step", () => {
  const of = (/** @type {number[]} */ ...steps) => ran([normed(...steps.map((step) => [step]))], { name: "a" });
  const [before, after] = [of(0, 1, 2, 3, 4), of(0, 2, 4)];
  after.steps = [0, 2, 4];
  assert.equal(after.continues(before), true);
  assert.deepEqual([after.frame(4), after.frame(3), after.frame(0), after.frame(Number.NaN)], [2, 1, 0, 0]);
});

test("the page is told of steps only of a run that is over", () => {
  assert.equal(ran([], { tells: true }).tells, true);
  assert.equal(ran([], { tells: true, running: true }).tells, false);
  assert.equal(ran([]).tells, false);
});
