// @ts-check
/** A small net, a block and runs, made by hand, so that what is drawn of them can be told beforehand. */

/** @import { AxisData, BlockData, NetData, PageData, RunData } from "../../resnet_explorer/ui/canvas/scripts/data.js" */

/** Four columns of 250; the middle two are a block with a shortcut. */
const NET = `<svg class="rx" viewBox="0 0 1132 400"><title>net</title><desc>four layers</desc>
<g class="plot" transform="translate(124 0)">
<rect class="k7" data-i="0" x="100" y="60" width="50" height="100"/>
<rect class="k3" data-i="1" x="350" y="70" width="50" height="80"/>
<rect class="k3" data-i="2" x="600" y="70" width="50" height="80"/>
<rect class="fc" data-i="3" x="850" y="100" width="50" height="16"/>
<path class="arc identity" data-block="layer1.0" d="M252 63C252 35 748 35 748 63"/>
<path class="bar" d="M1.5 300h247v-50h-247zM251.5 300h247v-25h-247z"/>
<path class="rule" d="M0 300H1000"/>
</g>
<g class="side"><text>the net</text></g>
<g class="at shades" data-x="0"><text>3×3</text></g>
<g class="at ways" data-x="1000"><text>identity</text></g>
<g class="stage" data-x="125" data-w="60" data-slim="40" data-spare=""><path/><text>stem</text></g>
<g class="stage" data-x="500" data-w="80" data-slim="60" data-folds="conv2_x" data-first="1"><path/><text>conv2_x</text></g>
<g class="stage" data-x="875" data-w="60" data-slim="40" data-spare=""><path/><text>head</text></g>
<g class="side"><text class="m">max 100</text></g>
<g class="over"><text class="m">max 100</text></g>
</svg>`;

/**
 * @param {Partial<AxisData>} changes
 * @returns {AxisData}
 */
export function axis(changes = {}) {
  return {
    kind: "axis",
    svg: NET,
    title: "A net",
    width: 1132,
    height: 400,
    gutter: 124,
    plot: 1000,
    slots: 4,
    places: null,
    brace: 180,
    row: 50,
    tracks: [
      {
        name: "params",
        unit: "",
        top: 250,
        values: [100, 50, 0, 25],
        scale: 100,
        heading: "parameters; most, 100, at conv1",
        working: "100 + 50 + 0 + 25 = 175",
      },
    ],
    norms: null,
    cuts: [{ blocks: "layer1.0-2", first: 1, last: 2, foot: 60, on: true }],
    items: [
      ["conv1", 0, 7, null, 1, 1],
      ["layer1.0.conv1", 1, 11, "layer1.0", 3, 9],
      ["layer1.0.conv2", 1, 15, "layer1.0", 3, 11],
      ["fc", 2, 15, null, 1, 15],
    ],
    facts: [
      ["7×7 convolution", [["weights", "9,408"]]],
      ["3×3 convolution", [["weights", "36,864"]]],
      ["fully connected", [["weights", "513,000"]]],
    ],
    ...changes,
  };
}

/**
 * @param {Partial<BlockData>} changes
 * @returns {BlockData}
 */
export function block(changes = {}) {
  return {
    kind: "block",
    svg: '<svg class="rx"><title>block</title></svg>',
    title: "A block",
    width: 400,
    height: 300,
    items: [
      ["conv1", 0, 100, 40, 200, 30],
      ["relu1", 1, 150, 80, 100, 20],
    ],
    facts: [
      ["3×3 convolution", [["output", "64 × 56 × 56"]]],
      ["ReLU", [["output", "64 × 56 × 56"]]],
    ],
    narrow: null,
    ...changes,
  };
}

/**
 * Norms as the page packs them: 700 times the logarithm; -32768 is 0, 32767 not finite.
 * @param {number[]} values
 */
export function packed(...values) {
  const made = new DataView(new ArrayBuffer(2 * values.length));
  values.forEach((value, i) => {
    made.setInt16(2 * i, value, true);
  });
  return Buffer.from(made.buffer).toString("base64");
}

/**
 * A residual net of three steps; its norms are powers of ten.
 * @param {Partial<NetData>} changes
 * @returns {NetData}
 */
export function net(changes = {}) {
  return {
    title: "ResNet",
    residual: true,
    columns: 4,
    width: 2,
    ended: true,
    steps: [0, 1, 2],
    loss: [2, 0.2, 0.02],
    ratio: [10, 1, 0.1],
    norms: packed(0, 0, 0, 0, -700, -700, -700, -700, -1400, -700, 0, 700),
    ...changes,
  };
}

/**
 * @param {Partial<RunData>} changes
 * @returns {RunData}
 */
export function run(changes = {}) {
  return {
    nets: [net()],
    running: false,
    plays: false,
    track: {
      title: "gradient norm",
      unit: "of each weight",
      short: "gradient",
      still: false,
      note: "nothing yet",
      none: "not finite",
    },
    ...changes,
  };
}

/**
 * @param {Partial<PageData>} changes
 * @returns {PageData}
 */
export function sent(changes = {}) {
  return {
    figures: [axis()],
    run: null,
    counts: [],
    opens: true,
    folds: true,
    cuts: true,
    opened: "",
    reveal: 0,
    ...changes,
  };
}
