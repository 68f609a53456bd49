// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { file, header } from "../../resnet_explorer/ui/canvas/scripts/file.js";
import { headerLength } from "../../resnet_explorer/ui/canvas/scripts/pure/header.js";
import { Page } from "./page.js";

const MOST = 100;

/** A safetensors file, and what is read of it. @param {string} text @param {number} data */
function made(text, data, length = text.length) {
  const first = new Uint8Array(8);
  new DataView(first.buffer).setBigUint64(0, BigInt(length), true);
  const chosen = new File([first, text, new Uint8Array(data)], "net.safetensors");
  /** @type {[number, number][]} */
  const read = [];
  const slice = chosen.slice.bind(chosen);
  chosen.slice = (from = 0, to = 0) => {
    read.push([from, to]);
    return slice(from, to);
  };
  return { chosen, read };
}

test("no more than the header is read of a file, and sent", async () => {
  const { chosen, read } = made('{"ü":1}', 5000, 8);
  assert.deepEqual(await header(chosen, MOST), {
    name: "net.safetensors",
    size: 8 + 8 + 5000,
    first: [8, 0, 0, 0, 0, 0, 0, 0],
    text: '{"ü":1}',
  });
  assert.deepEqual(read, [
    [0, 8],
    [8, 16],
  ]);
});

test("of a header that is too long, of a file that has none and of bytes that are no text nothing is sent", async () => {
  for (const [text, length] of /** @type {[string, number][]} */ ([
    ["{}", MOST + 1],
    ["{}", 2 ** 60],
    ["", 0],
  ])) {
    const { chosen, read } = made(text, 0, length);
    assert.equal((await header(chosen, MOST)).text, "");
    assert.deepEqual(read, [[0, 8]]);
  }
  const bad = new File([new Uint8Array([1, 0, 0, 0, 0, 0, 0, 0, 255])], "x");
  assert.equal((await header(bad, MOST)).text, "");
  assert.deepEqual((await header(new File(["abc"], "x"), MOST)).first, [97, 98, 99]);
});

test("the length stands in the first 8 bytes, the least of them first", () => {
  assert.equal(headerLength(new Uint8Array([1, 2, 0, 0, 0, 0, 0, 0]), 1000), 513);
  assert.equal(headerLength(new Uint8Array([1, 2, 0, 0, 0, 0, 0, 0]), 512), 0);
  assert.equal(headerLength(new Uint8Array(7), 1000), 0);
  assert.equal(headerLength(new Uint8Array(8).fill(255), 1000), 0);
});

test("a file is taken where it is dropped, and the place says that it would be", async () => {
  const page = new Page();
  page.host.innerHTML = '<label class="rx-file"><input type="file"></label>';
  /** @type {unknown[]} */
  const told = [];
  file({ data: { most: MOST }, parentElement: page.host, setTriggerValue: (...each) => told.push(each) });
  const place = /** @type {HTMLElement} */ (page.host.querySelector(".rx-file"));
  const { chosen } = made("{}", 3);
  const input = /** @type {HTMLInputElement} */ (page.host.querySelector("input"));
  Object.defineProperty(input, "files", { value: null, writable: true }); // jsdom makes no list of files
  const drop = new page.window.Event("drop", { cancelable: true });
  Object.assign(drop, { dataTransfer: { files: [chosen] } });
  place.dispatchEvent(new page.window.Event("dragover", { cancelable: true }));
  assert.equal(place.className, "rx-file rx-over");
  place.dispatchEvent(drop);
  assert.equal(drop.defaultPrevented, true);
  assert.equal(place.className, "rx-file");
  assert.deepEqual(input.files, [chosen]); // so that it shows the name
  await new Promise((done) => setTimeout(done, 20));
  assert.deepEqual(told, [
    ["header", { name: "net.safetensors", size: 13, first: [2, 0, 0, 0, 0, 0, 0, 0], text: "{}" }],
  ]);
});

test("what was chosen stays named, and the same file can be chosen again", async () => {
  const page = new Page();
  page.host.innerHTML = '<label class="rx-file"><input type="file"></label>';
  /** @type {unknown[]} */
  const told = [];
  file({ data: { most: MOST }, parentElement: page.host, setTriggerValue: (...each) => told.push(each) });
  const input = /** @type {HTMLInputElement} */ (page.host.querySelector("input"));
  let value = "C:\\fakepath\\net.safetensors";
  Object.defineProperty(input, "files", { value: [made("{}", 3).chosen] });
  Object.defineProperty(input, "value", { get: () => value, set: (text) => (value = text) });
  input.dispatchEvent(new page.window.Event("change"));
  await new Promise((done) => setTimeout(done, 20));
  assert.equal(told.length, 1);
  assert.notEqual(value, "");
  input.dispatchEvent(new page.window.Event("click"));
  assert.equal(value, "");
});
