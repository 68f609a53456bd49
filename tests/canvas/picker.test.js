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
  const send = (/** @type {PickData[]} */ picks, /** @type {PickerData["look"]} */ look = "under") =>
    show({
      data: { kind: "picker", look, picks, turn: 0 },
      parentElement: page.parent,
      setTriggerValue: (name, value) => told.push([name, value]),
    });
  const boxes = () => [...page.host.querySelectorAll("select")];
  return { page, told, send, boxes };
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
  const { page, told, send, boxes } = shown();
  send([NET]);
  boxes()[0].value = "a";
  boxes()[0].dispatchEvent(new page.window.Event("change"));
  assert.deepEqual(told, [["pick", "net a"]]);
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
  const { send, boxes } = shown();
  send([NET]);
  boxes()[0].value = "a";
  send([NET]);
  assert.equal(boxes()[0].value, "b");
});

test("it goes with its place", () => {
  const { page, send } = shown();
  send([NET])();
  assert.equal(page.host.children.length, 0);
});
