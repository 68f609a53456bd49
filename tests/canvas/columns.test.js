// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { Columns } from "../../resnet_explorer/ui/canvas/scripts/pure/columns.js";
import { axis } from "./made.js";

const even = new Columns(axis());
const uneven = new Columns(
  axis({
    slots: 10,
    places: [
      [0, 100],
      [100, 200],
      [400, 300],
      [700, 300],
    ],
  }),
);

test("columns that are alike share the plot", () => {
  assert.deepEqual(even.places, [
    [0, 250],
    [250, 250],
    [500, 250],
    [750, 250],
  ]);
  assert.deepEqual([even.left(2), even.middle(2), even.right(2), even.slot, even.narrowest], [500, 625, 750, 250, 250]);
});

test("columns stand where the drawing places them; a bar has the room of a slot", () => {
  assert.deepEqual([uneven.left(1), uneven.width(1), uneven.middle(1), uneven.right(1)], [100, 200, 200, 300]);
  assert.deepEqual([uneven.slot, uneven.narrowest], [100, 100]);
});

test("a column begins at its left edge and ends before its right one", () => {
  assert.deepEqual(
    [-1, 0, 249, 250, 999, 1000].map((x) => even.at(x)),
    [-1, 0, 0, 1, 3, -1],
  );
});

test("between two columns there is none, and the one before is the last that has begun", () => {
  assert.equal(uneven.at(350), -1);
  assert.deepEqual(
    [-5, 0, 350, 400, 2000].map((x) => uneven.before(x)),
    [0, 0, 1, 2, 3],
  );
});

test("over the lines behind a column one points at it", () => {
  const folded = new Columns(
    axis({
      slots: 8,
      places: [
        [0, 125],
        [125, 125, 750],
        [875, 125],
      ],
    }),
  );
  assert.deepEqual(
    [200, 250, 749, 750, 900].map((x) => folded.at(x)),
    [1, 1, 1, -1, 2],
  );
  assert.equal(folded.right(1), 250);
});
