// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  lettered,
  power,
  reading,
  short,
  stepped,
  widened,
} from "../../resnet_explorer/ui/canvas/scripts/pure/words.js";

test("a number of a net has three figures and a letter", () => {
  const said = [0, 7, 999, 1000, 9994, 9996, 25557032, 99949999, 999499, 999500, 4089184256, 1.2e12, 1.5e15].map(short);
  const expected = ["0", "7", "999", "1.00 k", "9.99 k", "10.0 k", "25.6 M", "99.9 M", "999 k", "1.00 M", "4.09 G"];
  assert.deepEqual(said, [...expected, "1.20 T", "1500 T"]);
});

test("a tick is as short as it can be", () => {
  const said = [0, 0.5, 20, 1500, -20e6, 5e8, 2e13].map(lettered);
  assert.deepEqual(said, ["0", "0.5", "20", "1.5 k", "−20 M", "500 M", "20 T"]);
});

test("a measured number has three figures, and two where it is very large or small", () => {
  const said = [0, 1e-45, 0.00099, 0.001, 0.1, 2.304, 99.94, 100.4, 99999, 1e5, 1e9, -0.5].map(reading);
  const expected = [
    "0.00",
    "1.0e-45",
    "9.9e-4",
    "0.00100",
    "0.100",
    "2.30",
    "99.9",
    "100",
    "99,999",
    "1.0e+5",
    "1.0e+9",
  ];
  assert.deepEqual(said, [...expected, "-0.500"]);
});

test("what is not finite is said so", () => {
  assert.deepEqual([reading(null), reading(undefined)], ["not finite", "not finite"]);
});

test("powers of ten have their exponents raised", () => {
  assert.deepEqual([-45, 0, 9, 12].map(power), ["10⁻⁴⁵", "10⁰", "10⁹", "10¹²"]);
});

test("a receptive field says what a layer adds", () => {
  assert.equal(widened(1000, 1070), "1,000 + 70 = 1,070 px");
  assert.equal(widened(7, 7), "7 px");
});

test("steps are counted from 1, and their number is said of a run that is over", () => {
  assert.equal(stepped([0, 5, 10], 1, true), "step 6");
  assert.equal(stepped([0, 5, 10], 1, false), "step 6 of 11");
  assert.equal(stepped([], 0, false), "no step yet");
});
