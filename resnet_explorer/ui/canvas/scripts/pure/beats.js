// @ts-check

/** Keys of a keyboard and of a clicker, and by how many beats they turn. @type {Record<string, number>} */
const WAYS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
/** What takes arrow keys itself. */
const TAKES = new Set(["INPUT", "TEXTAREA", "SELECT"]);

/**
 * What a key that was pressed in an element of that kind means: beats to turn, the notes, or nothing.
 * @param {string} key
 * @param {string} tag
 * @returns {number | "notes" | null}
 */
export function aimed(key, tag) {
  const typed = TAKES.has(tag);
  if (key === "n" || key === "N") return typed ? null : "notes";
  if (typed && key.startsWith("Arrow")) return null;
  return WAYS[key] ?? null;
}

/**
 * The beat to which one turns, if there is one.
 * @param {{ at: number, count: number }} talk
 * @param {number} by
 */
export function next({ at, count }, by) {
  const to = at + by;
  return to >= 0 && to < count ? to : null;
}
