// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { show } from "../../resnet_explorer/ui/canvas/scripts/main.js";
import { Page } from "./page.js";

/** @import { PickData, PickerData } from "../../resnet_explorer/ui/canvas/scripts/kinds.js" */

/** @type {PickData} */
const NET = {
  name: "net",
  label: "Net",
  chosen: "b",
  titles: [
    ["a", "ResNet-18"],
    ["b", "ResNet <34>"],
  ],
  help: "",
};
/** @type {PickData} */
const AT = { name: "at", label: "Block", chosen: "x", titles: [["x", "first"]], help: "Which block." };

function shown() {
  const page = new Page();
  /** @type {[string, unknown][]} */
  const told = [];
  const send = (/** @type {PickData[]} */ picks, /** @type {PickerData["look"]} */ look = "under", turn = 0) =>
    show({
      data: { kind: "picker", look, picks, turn },
      parentElement: page.parent,
      setTriggerValue: (name, value) => told.push([name, value]),
    });
  const boxes = () => [...page.host.querySelectorAll("select")];
  const pick = (/** @type {string} */ value, at = 0) => {
    boxes()[at].value = value;
    boxes()[at].dispatchEvent(new page.window.Event("change"));
  };
  return { page, told, send, boxes, pick };
}

test("each choice is a list of titles under its label, with what is chosen", () => {
  const { page, send, boxes } = shown();
  send([NET, AT]);
  const [net, at] = boxes();
  assert.deepEqual(
    [...net.options].map((each) => [each.value, each.text]),
    NET.titles,
  );
  assert.deepEqual([net.value, at.value], ["b", "x"]);
  const labels = [...page.host.querySelectorAll("label")];
  assert.deepEqual(
    labels.map((each) => [each.control === each.querySelector("select"), each.title]),
    [
      [true, ""],
      [true, "Which block."],
    ],
  );
  assert.equal(labels[0].querySelector("span")?.textContent, "Net");
});

test("what is chosen is told with the name of the choice", () => {
  const { told, send, pick } = shown();
  send([NET]);
  pick("a");
  assert.deepEqual(told, [["pick", "1 net a"]]);
});

test("an answer to an earlier pick leaves the later one, and what waits is told again", () => {
  const { told, send, boxes, pick } = shown();
  const [a, b] = [
    { ...NET, chosen: "a" },
    { ...AT, titles: [...AT.titles, ["y", "second"]] },
  ];
  send([NET, /** @type {PickData} */ (b)]);
  pick("a");
  pick("y", 1);
  pick("b");
  assert.equal(told.at(-1)?.[1], "1 net a\n2 at y\n3 net b");
  send([a, /** @type {PickData} */ (b)], "under", 1);
  assert.deepEqual(
    boxes().map((each) => each.value),
    ["b", "y"],
  );
  pick("a");
  assert.equal(told.at(-1)?.[1], "2 at y\n3 net b\n4 net a");
  send([NET, AT], "under", 4); // neither was taken
  assert.deepEqual(
    boxes().map((each) => each.value),
    ["b", "x"],
  );
});

test("what is picked and then not offered any more gives way to what is chosen", () => {
  const { send, boxes, pick } = shown();
  const [kept, gone] = [{ ...NET, titles: NET.titles.slice(1) }, [{ ...NET, titles: NET.titles }]];
  send(gone);
  pick("a");
  send([kept]);
  assert.equal(boxes()[0].value, "b");
});

test("a session that begins counts from its beginning, and what it shows counts", () => {
  const { told, send, boxes, pick } = shown();
  send([NET], "under", 7);
  pick("a");
  assert.deepEqual(told, [["pick", "8 net a"]]);
  send([{ ...NET, chosen: "a" }], "under", 8);
  send([NET], "under", 0);
  assert.equal(boxes()[0].value, "b");
  pick("a");
  assert.equal(told.at(-1)?.[1], "1 net a");
});

test("another choice of the server is shown in the same box, which keeps the focus", () => {
  const { page, send, boxes } = shown();
  send([NET, AT]);
  const [net] = boxes();
  net.focus();
  send([{ ...NET, chosen: "built", titles: [["built", "built: ResNet"], ...NET.titles] }], "bare");
  assert.deepEqual(boxes(), [net]);
  assert.equal(page.window.document.activeElement, net);
  assert.deepEqual([net.value, net.options.length], ["built", 3]);
  assert.equal(page.host.querySelector("div")?.dataset.look, "bare");
  send([NET]);
  assert.deepEqual([net.value, net.options.length], ["b", 2]);
});

test("a choice that the server did not take is taken back when the page comes again", () => {
  const { send, boxes, pick } = shown();
  send([NET]);
  pick("a");
  send([NET], "under", 1);
  assert.equal(boxes()[0].value, "b");
});

test("it goes with its place, and not before, though Streamlit takes away what newer data have overtaken", () => {
  const { page, send, boxes } = shown();
  const overtaken = send([NET]);
  const [net] = boxes();
  overtaken();
  assert.equal(boxes()[0], net);
  send([NET]);
  overtaken();
  assert.equal(boxes()[0], net);
  page.leaving(overtaken)();
  assert.equal(page.host.children.length, 0);
});
