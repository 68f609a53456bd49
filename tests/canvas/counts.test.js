// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { Counts } from "../../resnet_explorer/ui/canvas/scripts/counts.js";
import { Page } from "./page.js";

/** @import { CountData } from "../../resnet_explorer/ui/canvas/scripts/data.js" */

/**
 * @param {Partial<CountData>} changes
 * @returns {CountData}
 */
function count(changes = {}) {
  const made = { key: "params", label: "Parameters", value: 1000, text: "1.00 k", formula: "10 × 100", note: "half" };
  return { ...made, limit: null, ...changes };
}

test("a number stands with its label, its note, and its formula for those who point at it or listen", () => {
  const page = new Page();
  new Counts(page.host).set([count()]);
  assert.deepEqual(page.texts(".rx-label, .rx-number, .rx-note"), ["Parameters", "1.00 k", "half"]);
  const number = page.find(".rx-number");
  assert.equal(number.tabIndex, 0);
  assert.deepEqual([number.dataset.f, number.getAttribute("aria-label")], ["10 × 100", "Parameters: 1.00 k. 10 × 100"]);
  assert.equal(page.find(".rx-gauge").hidden, true);
  assert.deepEqual(page.texts(".rx-of"), [""]);
});

test("a limit shows how much of it is used", () => {
  const page = new Page();
  new Counts(page.host).set([count({ limit: { most: 4000, text: "4.00 k" } })]);
  assert.deepEqual([page.find(".rx-used").style.width, page.find(".rx-past").style.width], ["25%", "0%"]);
  assert.deepEqual(page.texts(".rx-of"), ["of 4.00 k"]);
  const gauge = page.find(".rx-gauge");
  const said = ["label", "valuemin", "valuemax", "valuenow", "valuetext"].map((name) =>
    gauge.getAttribute(`aria-${name}`),
  );
  assert.deepEqual(said, ["Parameters", "0", "4000", "1000", "1.00 k of 4.00 k, half"]);
  assert.equal(page.find(".rx-count").classList.contains("rx-over"), false);
  assert.equal(page.find(".rx-counts").classList.contains("rx-limits"), true);
});

test("what is past a limit is hatched", () => {
  const page = new Page();
  new Counts(page.host).set([count({ limit: { most: 800, text: "800" } })]);
  assert.deepEqual([page.find(".rx-used").style.width, page.find(".rx-past").style.width], ["80%", "20%"]);
  assert.equal(page.find(".rx-count").classList.contains("rx-over"), true);
  assert.equal(page.find(".rx-gauge").getAttribute("aria-valuemax"), "1000");
});

test("numbers that are gone leave the row, new ones come in, and those that stay keep their place", () => {
  const page = new Page();
  const counts = new Counts(page.host);
  counts.set([count({ key: "a", label: "A" }), count({ key: "b", label: "B" })]);
  const kept = page.host.querySelectorAll(".rx-count")[1];
  counts.set([count({ key: "b", label: "B" }), count({ key: "c", label: "C" })]);
  assert.deepEqual(page.texts(".rx-label"), ["B", "C"]);
  assert.equal(page.find(".rx-count"), kept);
});

test("a number counts to its new value, and ends as the page writes it", () => {
  const page = new Page(1132, { still: false });
  const counts = new Counts(page.host);
  counts.set([count()]);
  assert.deepEqual(page.texts(".rx-number"), ["1.00 k"]);
  counts.set([count({ value: 3000, text: "3,000" })]);
  const begin = performance.now();
  page.frame(begin + 300);
  assert.match(page.texts(".rx-number")[0] ?? "", /^(1\.9|2\.0)\d k$/);
  page.frame(begin + 700);
  assert.deepEqual(page.texts(".rx-number"), ["3,000"]);
  assert.equal(page.due.size, 0);
});

test("for those who want no motion it is there at once", () => {
  const page = new Page(1132, { still: true });
  const counts = new Counts(page.host);
  counts.set([count()]);
  counts.set([count({ value: 3000, text: "3,000" })]);
  assert.deepEqual(page.texts(".rx-number"), ["3,000"]);
  assert.equal(page.due.size, 0);
});

test("a row that is closed counts no further", () => {
  const page = new Page(1132, { still: false });
  const counts = new Counts(page.host);
  counts.set([count()]);
  counts.set([count({ value: 3000 })]);
  counts.close();
  assert.equal(page.due.size, 0);
  assert.equal(page.host.children.length, 0);
});
