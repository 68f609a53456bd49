// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { Door } from "../../resnet_explorer/ui/canvas/scripts/door.js";
import { show } from "../../resnet_explorer/ui/canvas/scripts/main.js";
import { print } from "../../resnet_explorer/ui/canvas/scripts/paper.js";
import { Clock } from "./clock.js";
import { Page } from "./page.js";

/** @import { DoorData } from "../../resnet_explorer/ui/canvas/scripts/data.js" */

/** @type {DoorData} */
const DATA = {
  kind: "door",
  title: "Why?",
  look: "Look.",
  words: "Two losses.",
  axis: "loss",
  nets: [
    { title: "plain-4", name: "without", residual: false, loss: [2, 2, 2, 1.5, 1] },
    { title: "ResNet-4", name: "with", residual: true, loss: [3, 2, 1, 0.5, 0.1] },
  ],
  tail: 2,
  chance: 2.3,
  bars: [
    [1, "k3"],
    [1, "k3"],
    [0.1, "fc"],
  ],
  arcs: [[0, 1]],
};

/** @param {boolean} still */
function opened(still) {
  const page = new Page(1000, { still });
  const door = new Door(page.host);
  door.update(DATA);
  const [, play] = page.texts("button");
  return { page, door, play: () => page.texts("button")[1], first: play };
}

test("it plays once when it comes, and then again if it is asked to", (context) => {
  const clock = new Clock(context);
  const { page, play } = opened(false);
  assert.equal(play(), "Pause");
  assert.deepEqual(page.texts(".rx-step"), ["step 1 of 5"]);
  clock.tick(2000);
  assert.deepEqual(page.texts(".rx-step"), ["step 3 of 5"]);
  assert.ok(page.texts("svg text").includes("loss 1.50"));
  clock.tick(9000);
  assert.deepEqual(page.texts(".rx-step"), ["step 5 of 5"]);
  assert.equal(play(), "Play again");
  assert.equal(clock.due.size, 0);
  page.find(".rx-run").click();
  assert.deepEqual(page.texts(".rx-step"), ["step 1 of 5"]);
  clock.tick(1000);
  page.find(".rx-run").click();
  clock.tick(9000);
  assert.deepEqual([play(), ...page.texts(".rx-step")], ["Play", "step 2 of 5"]);
});

test("who wants no motion sees the whole run, still", (context) => {
  const clock = new Clock(context);
  const { page, first } = opened(true);
  assert.equal(first, "Play again");
  assert.deepEqual(page.texts(".rx-step"), ["step 5 of 5"]);
  assert.equal(clock.due.size, 0);
});

test("the switch takes the arcs away, and puts the other line in front", () => {
  const { page } = opened(true);
  assert.deepEqual(page.attributes("path.rx-front", "class"), ["trace residual rx-front"]);
  assert.equal(page.attributes("path.arc", "d").length, 1);
  page.find(".rx-switch").click();
  assert.deepEqual(page.attributes(".rx-switch", "aria-checked"), ["false"]);
  assert.equal(page.attributes("path.arc", "d").length, 0);
  assert.deepEqual(page.attributes("path.rx-front", "class"), ["trace plain rx-front"]);
  assert.equal(page.texts("svg text")[0], "plain-4");
});

test("on paper the race is over, and stays so", (context) => {
  const clock = new Clock(context);
  const { page, play } = opened(false);
  print();
  page.print(true);
  assert.ok(page.texts("svg text").includes("loss 0.300"));
  assert.deepEqual([play(), ...page.texts(".rx-step")], ["Play again", "step 5 of 5"]);
  assert.equal(clock.due.size, 0);
});

test("the page shows it by its kind, as its main figure, and the same data again changes nothing", (context) => {
  const clock = new Clock(context);
  const page = new Page(1000, { still: false });
  const [place, shadow] = [document.createElement("div"), document.createElement("div")];
  place.className = "st-key-main_figure";
  place.innerHTML = '<div class="stBidiComponent"></div><div class="stBidiComponent"></div>';
  page.parent.before(place);
  place.children[0].append(shadow);
  shadow.attachShadow({ mode: "open" }).append(page.parent);
  const component = { data: DATA, parentElement: page.parent, setTriggerValue: () => {} };
  const close = page.leaving(show(component));
  clock.tick(2000);
  show(component);
  assert.ok(page.host.hasAttribute("data-main-figure"));
  assert.deepEqual(page.texts(".rx-step"), ["step 3 of 5"]);
  place.children[1].append(shadow);
  show(component);
  assert.ok(!page.host.hasAttribute("data-main-figure"));
  close();
  assert.equal(clock.due.size, 0);
});

test("a door that is closed leaves its place empty", () => {
  const { page, door } = opened(true);
  door.close();
  assert.equal(page.host.childElementCount, 0);
});
