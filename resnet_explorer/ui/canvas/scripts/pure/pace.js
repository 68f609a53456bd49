// @ts-check
/** How fast a run is replayed. */

const REPLAY_MS = 6000;
const QUICKEST_MS = 25;
const SLOWEST_MS = 200;

/**
 * Milliseconds for each frame, so that a run of so many takes about six seconds.
 * @param {number} frames
 */
export function pace(frames) {
  return Math.min(SLOWEST_MS, Math.max(QUICKEST_MS, REPLAY_MS / frames));
}
