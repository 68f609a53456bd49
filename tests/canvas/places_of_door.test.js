// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { Losses, places, strip } from "../../resnet_explorer/ui/canvas/scripts/pure/door.js";

const BOX = { left: 100, top: 0, width: 366, height: 248 };

test("the losses stand beside the net, and under it where there is no room", () => {
  const wide = places(1000, 300);
  assert.equal(wide.net.width + wide.losses.width + 32, 1000);
  assert.equal(wide.losses.left + wide.losses.width, 1000);
  const narrow = places(358, 300);
  assert.equal(narrow.losses.width, 358);
  assert.ok(narrow.losses.top > narrow.net.height);
  assert.equal(narrow.losses.top + narrow.losses.height, 300);
});

test("a bar is as high as its share, and an arc spans its block", () => {
  const drawn = strip(
    {
      bars: [
        [1, "k7"],
        [0.5, "k3"],
        [0.5, "k3"],
        [0.1, "fc"],
      ],
      arcs: [[1, 2]],
    },
    { ...BOX, width: 400 },
  );
  assert.deepEqual(
    drawn.bars.map((bar) => bar.height),
    [150, 75, 75, 15],
  );
  const high = strip({ bars: [[1, "k7"]], arcs: [] }, { ...BOX, height: 500 });
  assert.equal(high.bars[0].height, 225);
  const middles = new Set(drawn.bars.map((bar) => bar.y + bar.height / 2));
  assert.equal(middles.size, 1);
  assert.match(drawn.arcs[0], /^M212\.0 .*C212\.0 .* 388\.0 [\d.]+$/);
});

const NETS = [
  { title: "plain", name: "without", residual: false, loss: [1, null, 1] },
  { title: "net", name: "with", residual: true, loss: [10, 1, 0.1] },
];

test("one scale holds all losses of the run and that of guessing, from the first step to the last", () => {
  const chart = new Losses({ nets: NETS, chance: 2.3 }, BOX);
  assert.deepEqual([chart.x(0), chart.x(2)], [138, 338]);
  assert.ok(chart.y(10) > chart.top && chart.y(10) < chart.y(1));
  assert.ok(chart.y(0.1) < chart.foot && chart.y(0.1) > chart.y(1));
  assert.deepEqual(chart.powers, [-1, 0, 1]);
});

test("a line goes as far as the step, and breaks where there is no loss", () => {
  const chart = new Losses({ nets: NETS, chance: 2.3 }, BOX);
  assert.equal(chart.line(NETS[1].loss, 1).split("L").length, 2);
  assert.equal(chart.line(NETS[0].loss, 2).split("M").length, 3);
});

test("names stand at the ends of their lines, and never on each other", () => {
  const chart = new Losses({ nets: NETS, chance: 2.3 }, BOX);
  assert.deepEqual(chart.names([10, 0.1]).map(Math.round), [chart.y(10), chart.y(0.1)].map(Math.round));
  const [above, below] = chart.names([1, 0.99]);
  assert.ok(below - above >= 38);
  const [high, next] = chart.names([10, 10]);
  assert.ok(high >= 17 && next - high >= 38);
  const [low, lower] = chart.names([0.1, 0.1]);
  assert.ok(lower - low >= 38 && lower <= 248);
});
