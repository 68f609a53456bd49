// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { Axis } from "../../resnet_explorer/ui/canvas/scripts/axis.js";
import { geometry, Morph } from "../../resnet_explorer/ui/canvas/scripts/morph.js";
import { axis } from "./made.js";
import { Page } from "./page.js";

/** @import { AxisData } from "../../resnet_explorer/ui/canvas/scripts/data.js" */

/**
 * From one drawing to another, in figures of half the drawings' size.
 * @param {Partial<AxisData>} before
 * @param {Partial<AxisData>} after
 */
function moved(before, after) {
  const page = new Page(632, { still: false });
  const old = new Axis(page.host, axis(before), false, null);
  assert.ok(old.fitted);
  const drawn = geometry(old, old.fitted);
  old.close();
  const now = new Axis(page.host, axis(after), false, null);
  assert.ok(now.fitted);
  const morph = new Morph(drawn, now, now.fitted);
  const of = (/** @type {string} */ selector) => page.animated.filter(({ node }) => node.matches(selector));
  return { page, drawn, morph, of };
}

const [conv1, ...others] = axis().items;
/** The same net with a first layer of another name. */
const RENAMED = { items: [/** @type {typeof conv1} */ (["stem", ...conv1.slice(1)]), ...others] };
const BARE = axis().svg.replace(/<path class="arc[^>]*>/, "");

test("what stands where is told in pixels of the figure, by name", () => {
  const { drawn } = moved({}, {});
  assert.deepEqual(drawn.columns[1], { key: "layer1.0.conv1", x: 249, width: 125 });
  const bar = drawn.bars.get("conv1");
  assert.deepEqual([bar?.x, bar?.y, bar?.width, bar?.height], [174, 60, 25, 100]);
  const track = drawn.tracks.get("params bar layer1.0.conv1");
  assert.deepEqual([track?.x, track?.y, track?.width, track?.height], [249.75, 275, 123.5, 25]);
  const arc = drawn.arcs.get("layer1.0");
  assert.deepEqual([arc?.x, arc?.y, arc?.width, arc?.height], [250, 35, 248, 28]);
  assert.deepEqual(
    [...drawn.stages],
    [
      ["stem", 186.5],
      ["conv2_x", 374],
      ["head", 561.5],
    ],
  );
});

test("a layer that persists moves and changes its size", () => {
  const wide = axis().svg.replace('x="100" y="60" width="50" height="100"', 'x="80" y="50" width="90" height="120"');
  const { of } = moved({}, { svg: wide });
  const [{ frames }] = of('[data-i="0"]');
  assert.deepEqual(
    [frames.x, frames.y, frames.width, frames.height],
    [
      ["100px", "80px"],
      ["60px", "50px"],
      ["50px", "90px"],
      ["100px", "120px"],
    ],
  );
});

test("a new layer grows in, and a gone one shrinks to where it would stand", () => {
  const { of } = moved({}, RENAMED);
  const [grown] = of('[data-i="0"]');
  assert.deepEqual(
    [grown.frames.x, grown.frames.width],
    [
      ["0px", "100px"],
      ["0px", "50px"],
    ],
  );
  assert.deepEqual(grown.frames.fillOpacity[0], 0);
  const [gone] = of("g > rect.k7:not([data-i])");
  assert.deepEqual(
    [gone.frames.x, gone.frames.width],
    [
      ["100px", "0px"],
      ["50px", "0px"],
    ],
  );
  assert.deepEqual(gone.frames.fillOpacity[1], 0);
});

test("the bars of tracks move instead of their path, which is hidden meanwhile", () => {
  const lower = axis().svg.replace("M1.5 300h247v-50h-247z", "M1.5 300h247v-10h-247z");
  const { page, morph, of } = moved({}, { svg: lower });
  const [first, second] = of("g > rect.bar");
  assert.deepEqual(
    [first.frames.height, second.frames.height],
    [
      ["50px", "10px"],
      ["25px", "25px"],
    ],
  );
  assert.equal(page.find("path.bar").getAttribute("visibility"), "hidden");
  morph.end();
  assert.equal(page.find("path.bar").getAttribute("visibility"), null);
  assert.equal(page.host.querySelector("rect.bar"), null);
});

test("a bar that is gone from a track fades away", () => {
  const [gone] = moved({}, { svg: axis().svg.replace("M251.5 300h247v-25h-247z", "") })
    .of("g > rect.bar")
    .slice(1);
  assert.deepEqual(gone.frames.fillOpacity, [1, 0]);
  assert.deepEqual(gone.frames.height, ["25px", "25px"]);
});

test("a shortcut that is new rises from its foot, and one that is gone fades", () => {
  const rising = moved({ svg: BARE }, {}).of(".arc")[0].frames;
  assert.deepEqual(rising.d, ['path("M252 63C252 63 748 63 748 63")', 'path("M252 63C252 35 748 35 748 63")']);
  assert.deepEqual(rising.strokeOpacity, [0, 1]);
  const [fading] = moved({}, { svg: BARE }).of(".arc");
  assert.equal(fading.node.getAttribute("d"), "M252 63C252 35 748 35 748 63");
  assert.deepEqual(fading.frames.strokeOpacity, [1, 0]);
});

test("stages move by their names; new words fade in, and those that stay stand still", () => {
  const shifted = axis().svg.replace('data-x="500"', 'data-x="600"').replace("<text>head</text>", "<text>top</text>");
  const { of } = moved({}, { svg: shifted });
  const [stage, renamed] = of(".stage");
  assert.deepEqual(stage.frames.transform, ["translate(374px, 0)", "translate(424px, 0)"]);
  assert.deepEqual(renamed.frames.opacity, [0, 1]);
  assert.equal(of(".stage").length, 2);
  assert.deepEqual(of(".over, .side, .rule"), []);
  assert.equal(moved({}, { svg: axis().svg.replace("the net", "a net") }).of(".side").length, 1);
});

test("of two nets without a layer in common, bars grow where they stand", () => {
  const items = axis().items.map(([, ...rest], i) => /** @type {typeof conv1} */ ([`other${i}`, ...rest]));
  const [{ frames }] = moved({}, { items }).of('[data-i="0"]');
  assert.deepEqual(
    [frames.x, frames.width],
    [
      ["125px", "100px"],
      ["0px", "50px"],
    ],
  );
});
