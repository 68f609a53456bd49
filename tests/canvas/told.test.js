// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { boxed, filled, runs } from "../../resnet_explorer/ui/canvas/scripts/pure/told.js";

test("a template has the fields of its point in it, with as many digits as it says", () => {
  const quotient = "%{customdata[0]:.3g} ÷ %{customdata[1]:.3g} = %{y:.3g}";
  assert.equal(filled(quotient, { customdata: [0.5, 1234], y: 4.05e-9 }), "0.500 ÷ 1.23·10³ = 4.05·10⁻⁹");
  assert.equal(filled("step: %{x:.6~r}", { x: 120 }), "step: 120");
  assert.equal(filled("%{customdata}<extra></extra>", { customdata: "<b>a</b>" }), "<b>a</b>");
  assert.equal(filled("exactly 0", {}), "exactly 0");
});

test("a box is a name and lines below it, as plain text", () => {
  assert.deepEqual(boxed("<b>a &lt; b</b><br>one<br>c &amp; d"), { name: "a < b", words: "one\nc & d" });
});

test("words of which some are bold", () => {
  assert.deepEqual(runs("a <b>b</b>"), [
    ["a ", false],
    ["b", true],
  ]);
});
