// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { Stream } from "../../resnet_explorer/ui/canvas/scripts/stream.js";
import { Clock } from "./clock.js";
import { Page, Source } from "./page.js";

/** @import { TestContext } from "node:test" */

const [PATIENCE, REST] = [3000, 1000];
const [TRYING, CLOSED] = [0, Source.CLOSED];

/** @param {TestContext} context */
function listened(context) {
  const clock = new Clock(context);
  const page = new Page();
  /** @type {unknown[]} */
  const news = [];
  /** @type {string[]} */
  const over = [];
  const stream = new Stream(
    "runs/live?key=a",
    (each) => news.push(each),
    (how) => over.push(how),
  );
  return { clock, stream, sources: page.sources, news, over };
}

test("the stream is beside the page, and its messages are read", (context) => {
  const { clock, sources, news, over } = listened(context);
  assert.equal(sources[0].address, "http://127.0.0.1/app/runs/live?key=a");
  sources[0].send([{ from: 0 }]);
  clock.tick(2 * PATIENCE);
  assert.deepEqual([news, over], [[[{ from: 0 }]], []]);
});

test("a stream that is not heard in time is lost, and closed", (context) => {
  const { clock, sources, over } = listened(context);
  clock.tick(PATIENCE - 1);
  assert.deepEqual(over, []);
  clock.tick(1);
  assert.deepEqual([over, sources[0].closed], [["lost"], true]);
});

test("one that the server refuses is lost; after it was heard it is broken", (context) => {
  const refused = listened(context);
  refused.sources[0].fail(CLOSED);
  assert.deepEqual(refused.over, ["lost"]);
  const heard = listened(context);
  heard.sources[0].send([]);
  heard.sources[0].fail(CLOSED);
  assert.deepEqual(heard.over, ["broken"]);
});

test("the end of the runs ends it", (context) => {
  const { sources, over } = listened(context);
  sources[0].heard.end();
  assert.deepEqual([over, sources[0].closed], [["ended"], true]);
});

test("the browser may come back by itself once; a server that stays away is asked a second later", (context) => {
  const { clock, sources, news, over } = listened(context);
  sources[0].send(1);
  sources[0].fail(TRYING);
  assert.equal(sources[0].closed, false);
  sources[0].onopen?.();
  sources[0].fail(TRYING);
  assert.equal(sources[0].closed, false);
  sources[0].fail(TRYING);
  assert.deepEqual([sources[0].closed, sources.length], [true, 1]);
  clock.tick(REST - 1);
  assert.equal(sources.length, 1);
  clock.tick(1);
  assert.equal(sources.length, 2);
  sources[1].send(2);
  assert.deepEqual([news, over], [[1, 2], []]);
});

test("a stream that is closed is not heard of again", (context) => {
  const { clock, stream, over } = listened(context);
  stream.close();
  clock.tick(PATIENCE);
  assert.deepEqual(over, []);
});
