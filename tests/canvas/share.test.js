// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { hiding, shared } from "../../resnet_explorer/ui/canvas/scripts/address.js";

const FRAME = ["present", "talk", "beat"];

test("a link for others is that of the view, on a host that they reach", () => {
  const href = "http://localhost:8501/explore?blocks=2%2C2&present=1&talk=vgg&beat=3&hide=lr#top";
  const here = { frame: FRAME, host: "" };
  assert.equal(shared(href, here, []), "http://localhost:8501/explore?blocks=2,2");
  assert.equal(
    shared(href, { ...here, host: "10.0.0.7" }, ["depth", "seed"]),
    "http://10.0.0.7:8501/explore?blocks=2,2&hide=depth,seed",
  );
  assert.equal(shared("http://localhost:8501/", { ...here, host: "[fd00::1]" }, []), "http://[fd00::1]:8501/");
  assert.deepEqual(hiding(href), ["lr"]);
  assert.deepEqual(hiding("http://localhost/"), []);
});
