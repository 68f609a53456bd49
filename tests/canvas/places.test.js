// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { ClippedScale, Places } from "../../resnet_explorer/ui/canvas/scripts/pure/places.js";

/** A page with and without its sidebar, a phone, and a wall, where units are large. @type {[number, number][]} */
const FRAMES = [
  [820, 520],
  [1130, 520],
  [358, 430],
  [675, 285],
];

for (const [width, height] of FRAMES)
  test(`in ${width} by ${height} everything has its room, in order and inside`, () => {
    const places = new Places(width, height);
    const [first, second] = places.rows;
    const bands = [places.loss, places.net, first, second];
    for (const [i, band] of bands.entries()) {
      assert.ok(band.foot - band.top >= 25, `${i}: ${band.foot - band.top}`);
      if (i) assert.ok(band.top - bands[i - 1].foot >= 12, `${i}`);
    }
    assert.ok(second.foot + 15 <= places.height);
    assert.ok(places.left < places.right && places.right < places.width);
    assert.equal(places.narrow, width < 560);
  });

test("a page has larger type than a wall, whose units are large", () => {
  assert.equal(new Places(820, 520).size, 1.2);
  assert.equal(new Places(675, 285).size, 1);
  assert.equal(new Places(358, 430).size, 1.1);
});

test("on a wall the losses have nearly half of what words leave, and their two large numbers have room beside them", () => {
  const places = new Places(675, 245);
  const bands = [places.loss, places.net, ...places.rows].map((band) => band.foot - band.top);
  assert.ok(bands[0] >= 0.45 * bands.reduce((sum, each) => sum + each), `${bands}`);
  assert.ok(places.loss.foot >= 75);
  assert.ok(bands[1] >= 20 && bands[2] >= 30, `${bands}`);
});

test("steps and layers stand where they are found", () => {
  const places = new Places(820, 520);
  for (const step of [0, 7, 79]) assert.equal(places.step(places.x(step, 80), 80), step);
  assert.equal(places.step(-100, 80), 0);
  assert.equal(places.step(9999, 80), 79);
  for (const [i, x] of places.middles(34).entries()) assert.equal(places.layer(x, places.rows[0].top, 34), i);
  assert.equal(places.layer(places.left - 1, places.rows[0].top, 34), null);
  assert.equal(places.layer(places.left + 1, places.loss.top, 34), null);
});

test("what is beyond a scale stands at its end", () => {
  const scale = new ClippedScale(-2.3, 1, 10, 110);
  assert.deepEqual([scale.y(5), scale.y(1), scale.y(-2.3), scale.y(-9)], [10, 10, 110, 110]);
  assert.deepEqual(scale.powers, [-2, -1, 0, 1]);
});
