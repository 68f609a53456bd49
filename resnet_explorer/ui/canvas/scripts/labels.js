// @ts-check
import { all } from "./dom.js";

/** @import { Axis } from "./axis.js" */

/** Of a track's words: how far under its row they begin. */
const UNDER = 4;
/** @type {Record<string, number>} */
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/**
 * The numbers at the head of each track: pointed at, tapped, or reached with the up and down keys, they say how they
 * come about.
 * @param {Axis} axis
 */
export function labelled(axis) {
  const { tracks, row } = axis.data;
  if (!tracks.length) return;
  const sides = all(axis.svg, ".side").slice(-tracks.length);
  const overs = all(axis.svg, ".over");
  let told = -1;
  const tell = (/** @type {number} */ n) => {
    const { heading, working, top } = tracks[n];
    axis.show(null);
    told = n;
    axis.tip.tell(heading, working, (card) => {
      const lowest = Math.max(0, axis.room.height - card.height);
      return { left: 0, top: Math.min((top + row + UNDER) * axis.k, lowest) };
    });
  };
  tracks.forEach((_, n) => {
    for (const node of [sides[n], overs[n]]) if (node) listen(node, () => tell(n));
  });
  axis.scroll.addEventListener("keydown", (event) => {
    const by = STEPS[event.key];
    if (!by) return;
    event.preventDefault();
    const from = told < 0 && by < 0 ? tracks.length : told;
    tell(Math.min(tracks.length - 1, Math.max(0, from + by)));
  });
}

/**
 * @param {SVGElement} node
 * @param {() => void} tell
 */
function listen(node, tell) {
  node.classList.add("rx-told");
  node.onpointermove =
    node.onpointerdown =
    node.onclick =
      (event) => {
        event.stopPropagation();
        tell();
      };
}
