// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { ClippedScale, Places } from "../../resnet_explorer/ui/canvas/scripts/pure/places.js";

/** A page with and without its sidebar, and a phone. @type {[number, number][]} */
const FRAMES = [
  [820, 520],
  [1130, 520],
  [358, 430],
];
/** Where units are large: with the bar of a talk, without it, and in a window that is less wide. @type {[number, number][]} */
const WALLS = [
  [667, 258],
  [667, 280],
  [640, 390],
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

for (const [width, height] of WALLS)
  test(`on a wall of ${width} by ${height} the losses stand beside the rows, which have most of the height`, () => {
    const places = new Places(width, height);
    const { loss, net, rows, layers } = places;
    for (const row of rows) assert.ok(row.foot - row.top >= height / 4, `${row.foot - row.top}`);
    assert.ok(net.top >= 20 && net.foot - net.top >= 25);
    assert.ok(rows[0].top - net.foot >= 20 && rows[1].top - rows[0].foot >= 20); // for their names
    assert.ok(rows[1].foot + 15 <= height && loss.foot + 15 <= height);
    assert.ok(loss.top >= 50 && loss.foot - loss.top >= height / 2); // under the two large numbers
    assert.ok(layers.left >= 50 && layers.right < places.begin && places.left - places.begin >= 50);
    assert.ok(layers.right - layers.left >= 0.4 * width);
    assert.deepEqual([places.narrow, places.over, places.size], [false, true, 1]);
  });

test("a layer of a wall is found in its rows alone", () => {
  const places = new Places(667, 258);
  for (const [i, x] of places.middles(34).entries()) assert.equal(places.layer(x, places.rows[1].top, 34), i);
  assert.equal(places.layer(places.left + 1, places.rows[1].top, 34), null);
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
