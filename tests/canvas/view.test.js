// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { show } from "../../resnet_explorer/ui/canvas/scripts/main.js";
import { Clock } from "./clock.js";
import { axis, block, net, packed, run, sent } from "./made.js";
import { Page, Source } from "./page.js";

/** @import { PageData, RunData } from "../../resnet_explorer/ui/canvas/scripts/data.js" */

/**
 * A page that sends, and what it is told.
 * @param {number} width
 * @param {{ still?: boolean }} how
 */
function component(width = 1132, how = {}) {
  const page = new Page(width, how);
  /** @type {[string, unknown][]} */
  const told = [];
  const send = (/** @type {Partial<PageData>} */ changes = {}) =>
    show({
      data: sent(changes),
      parentElement: page.parent,
      setTriggerValue: (name, value) => told.push([name, value]),
    });
  return { page, told, send };
}

/** @param {Partial<RunData>} changes */
function replay(changes = {}) {
  return { figures: [axis({ norms: { top: 200, height: 100 }, tracks: [], nets: [0] })], run: run(changes) };
}

const LIVE = { running: true, source: "runs/live?key=a", last: 10, chance: 2.3 };
const EMPTY = net({ steps: [], loss: [], ratio: [], norms: "" });

/** @param {number} from */
function news(from, count = 1, value = 0) {
  const steps = Array.from({ length: count }, (_, i) => from + i);
  const ones = steps.map(() => 1);
  return [
    { from, steps, loss: ones, ratio: ones, ended: false, norms: packed(...steps.flatMap(() => Array(4).fill(value))) },
  ];
}

test("drawings are kept while the page sends the same, and replaced when it sends others", () => {
  const { page, send } = component();
  send();
  const first = page.find(".rx-figure");
  send();
  assert.equal(page.find(".rx-figure"), first);
  send({ figures: [block()] });
  assert.equal(page.host.querySelectorAll(".rx-figure").length, 1);
  assert.ok(page.find(".rx-figure").classList.contains("rx-block"));
});

test("the room that the page kept for drawings is given up when they are there", () => {
  const { page, send } = component();
  const room = document.createElement("div");
  room.dataset.testid = "stElementContainer";
  page.parent.before(room);
  room.append(page.parent);
  room.style.height = "560px";
  send();
  assert.deepEqual([room.style.height, room.style.overflow], ["auto", "visible"]);
  assert.equal(document.body.style.height, "");
});

test("several drawings stand side by side under their titles", () => {
  const { page, send } = component();
  send({ figures: [block(), block({ title: "Another" })] });
  assert.deepEqual(page.texts(".rx-title"), ["A block", "Another"]);
  assert.ok(page.host.classList.contains("rx-several"));
  send({ figures: [block()] });
  assert.deepEqual(page.texts(".rx-title"), ["A block"]); // what a click has opened says what it is
  assert.ok(!page.host.classList.contains("rx-several"));
});

test("clicks are told by the page's latest answer", () => {
  const { page, told, send } = component();
  send();
  page.point("svg", "click", { clientX: 424, clientY: 100 });
  page.point(".stage[data-folds]", "click");
  assert.deepEqual(told, [
    ["block", "layer1.0"],
    ["stage", "conv2_x"],
  ]);
  const { page: closed, told: none, send: other } = component();
  other({ opens: false, folds: false });
  closed.point("svg", "click", { clientX: 424, clientY: 100 });
  closed.point(".stage[data-folds]", "click");
  assert.deepEqual(none, []);
});

test("the block that is open is framed, and a new one scrolls into sight once", () => {
  const { page, send } = component();
  send({ opened: "layer1.0", reveal: undefined });
  page.frame();
  assert.deepEqual(page.scrolled, []);
  send({ opened: "layer1.0", reveal: 1 });
  send({ opened: "layer1.0", reveal: 1 });
  page.frame();
  assert.equal(page.host.querySelectorAll(".opened").length, 1);
  assert.deepEqual(page.scrolled, [{ block: "nearest", behavior: "auto" }]);
  send({ reveal: undefined });
  page.frame();
  assert.equal(page.scrolled.length, 1);
  send({ reveal: 2 });
  page.frame();
  assert.equal(page.scrolled.length, 2);
  assert.equal(page.host.querySelectorAll(".opened").length, 0);
});

test("figures of the same columns scroll together", () => {
  const { page, send } = component(390);
  send({ figures: [axis({ slots: 160 }), axis({ slots: 160, title: "B" }), axis({ slots: 200 })] });
  const boxes = [...page.host.querySelectorAll(".rx-scroll")];
  boxes[0].scrollLeft = 77;
  boxes[0].dispatchEvent(new page.window.Event("scroll"));
  assert.deepEqual(
    boxes.map((box) => box.scrollLeft),
    [77, 77, 0],
  );
  boxes[1].scrollLeft = 78;
  boxes[0].dispatchEvent(new page.window.Event("scroll"));
  assert.equal(boxes[1].scrollLeft, 78);
  boxes[1].scrollLeft = 79;
  boxes[0].dispatchEvent(new page.window.Event("scroll"));
  assert.equal(boxes[1].scrollLeft, 77);
});

test("one axis turns into the next, unless the visitor wants no motion", () => {
  const renamed = axis({ svg: axis().svg.replace("the net", "another") });
  const moving = component(1132, { still: false });
  moving.send();
  moving.send({ figures: [renamed] });
  assert.ok(moving.page.animated.length > 0);
  const calm = component(1132, { still: true });
  calm.send();
  calm.send({ figures: [renamed] });
  assert.equal(calm.page.animated.length, 0);
});

test("what a visitor looks at stays in place when the drawing changes", () => {
  const { page, send } = component(390);
  send({ figures: [axis({ slots: 160 })] });
  page.find(".rx-scroll").scrollLeft = 260;
  send({ figures: [axis({ slots: 320, svg: axis().svg.replace("the net", "another") })] });
  assert.equal(page.find(".rx-scroll").scrollLeft, 460);
});

test("a drawing that had no room at first is laid out, told and folded as soon as there is some", () => {
  const { page, told, send } = component(0);
  send();
  page.width = 1132;
  page.resized[0]();
  assert.equal(page.find(".plot").getAttribute("transform"), "translate(124 0) scale(1 1)");
  page.point(".stage[data-folds]", "click");
  page.point(".over", "pointermove");
  assert.deepEqual(told, [["stage", "conv2_x"]]);
  assert.deepEqual(page.texts(".rx-tip .rx-what"), ["parameters; most, 100, at conv1"]);
});

test("numbers stand above the drawings", () => {
  const { page, send } = component();
  const count = { key: "a", label: "A", value: 1, text: "1", formula: "1", note: "", limit: null };
  send({ counts: [count] });
  assert.equal(page.host.firstElementChild?.className, "rx-counts");
  send({ counts: [] });
  assert.deepEqual(page.texts(".rx-label"), []);
});

test("the numbers over drawings and beside their names are one Tab stop, and arrow keys lead on", () => {
  const { page, send } = component();
  const count = (/** @type {string} */ key) => ({
    key,
    label: key,
    value: 1,
    text: "1",
    formula: "",
    note: "",
    limit: null,
  });
  const figures = [axis({ counts: [count("a"), count("b")] }), axis({ title: "Another", counts: [count("c")] })];
  send({ counts: [count("d")], figures });
  const stops = () => [...page.host.querySelectorAll("span.rx-number")].map((each) => each.getAttribute("tabindex"));
  assert.deepEqual(stops(), ["0", "-1", "-1", "-1"]);
  page.find(".rx-number").focus();
  page.press(".rx-number", "End");
  assert.deepEqual(stops(), ["-1", "-1", "-1", "0"]);
});

test("at night the drawings are dark", () => {
  const { page, send } = component();
  const night = ["rgb(21, 24, 29)", "rgb(252, 251, 248)", "rgb(255, 0, 0)", "rgb(0, 255, 0)", "rgb(0, 0, 255)", ""].map(
    (paper) => {
      page.host.style.setProperty("--st-background-color", paper);
      send();
      return page.host.classList.contains("rx-night");
    },
  );
  assert.deepEqual(night, [true, false, true, false, true, false]);
});

test("a run has its slider above the drawing, and its norms in it", () => {
  const { page, send } = component();
  send(replay());
  assert.deepEqual(
    [...page.host.children].map((each) => each.classList[0]),
    ["rx-player", "rx-figure", "rx-curves"],
  );
  assert.equal(page.find(".trace").getAttribute("d"), "M125.0 300.0L375.0 266.7L625.0 233.3L875.0 200.0");
  page.point('[aria-label="One step back"]', "click");
  assert.deepEqual(page.texts(".rx-step"), ["step 2 of 3"]);
  assert.ok(page.find(".trace").getAttribute("d")?.startsWith("M125.0 300.0L375.0 300.0"));
});

test("the card of a layer follows the step", () => {
  const { page, send } = component();
  send(replay());
  page.press(".rx-scroll", "Home");
  assert.equal(page.texts("dd")[2], "1.0e-2");
  page.point('[aria-label="One step back"]', "click");
  assert.equal(page.texts("dd")[2], "1.0e-1");
});

test("the page is told where the slider rests", (context) => {
  const clock = new Clock(context);
  const { page, told, send } = component();
  send(replay({ tells: true, name: "a" }));
  page.point('[aria-label="One step back"]', "click");
  clock.tick(400);
  assert.deepEqual(told, [["step", "2"]]);
});

test("new steps of a stream are drawn together at the next frame", () => {
  const { page, send } = component();
  send(replay({ ...LIVE, nets: [EMPTY] }));
  assert.deepEqual(page.texts(".rx-step"), ["no step yet"]);
  page.sources[0].send(news(0, 2));
  page.sources[0].send(news(2, 2, 700));
  assert.deepEqual([page.texts(".rx-step"), page.due.size], [["no step yet"], 1]);
  page.frame();
  assert.deepEqual(page.texts(".rx-step"), ["step 4"]);
  assert.ok(page.host.querySelectorAll(".rx-curve .trace")[0].getAttribute("d"));
});

test("reruns of a page that send the same do not begin anew", () => {
  const { page, send } = component();
  const data = replay({ ...LIVE, nets: [EMPTY] });
  send(data);
  page.sources[0].send(news(0, 2));
  send(data);
  assert.equal(page.sources.length, 1);
  page.frame();
  assert.deepEqual(page.texts(".rx-step"), ["step 2"]);
});

test("where a part is missing, the stream is heard from its beginning", () => {
  const { page, send } = component();
  send(replay({ ...LIVE, nets: [EMPTY] }));
  page.sources[0].send(news(5));
  assert.deepEqual([page.sources.length, page.sources[0].closed, page.due.size], [2, true, 0]);
  page.sources[1].send(news(0, 3));
  page.frame();
  assert.deepEqual(page.texts(".rx-step"), ["step 3"]);
});

test("the page is told how a stream is over; after a break the same is heard anew", () => {
  const { page, told, send } = component();
  const data = replay({ ...LIVE, nets: [EMPTY] });
  send(data);
  page.sources[0].fail(Source.CLOSED);
  assert.deepEqual(told, [["lost", true]]);
  send(data);
  assert.equal(page.sources.length, 1);
  const broken = component();
  broken.send(data);
  broken.page.sources[0].send(news(0));
  broken.page.sources[0].fail(Source.CLOSED);
  assert.deepEqual(broken.told, [["ended", true]]);
  broken.send(data);
  assert.equal(broken.page.sources.length, 2);
});

test("a run that leaves the page takes its slider, curves and stream along", () => {
  const { page, send } = component();
  send(replay({ ...LIVE, nets: [EMPTY] }));
  page.sources[0].send(news(0));
  send({ figures: [axis()] });
  assert.deepEqual(
    [...page.host.children].map((each) => each.classList[0]),
    ["rx-figure"],
  );
  assert.deepEqual([page.sources[0].closed, page.due.size], [true, 0]);
});

test("a component that is taken away leaves nothing, and comes back new", () => {
  const { page, send } = component();
  const close = page.leaving(send(replay({ ...LIVE, nets: [EMPTY] })));
  close();
  assert.equal(page.host.children.length, 0);
  assert.equal(page.sources[0].closed, true);
  send();
  assert.equal(page.host.querySelectorAll(".rx-figure").length, 1);
});
