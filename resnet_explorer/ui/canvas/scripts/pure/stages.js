// @ts-check
/** Where the names of the stages stand. */

/** A name's centre and its width, whole and without the channels; a `spare` one gives way where there is no room.
 *
 * @typedef {{ centre: number, width: number, slim: number, spare: boolean }} Label
 */

/** From the brace under a stage to its name, straight down and then aside. */
const STRAIGHT = 5;
const ASIDE = 10;

/**
 * The names that have room, each with its centre or null; without channels (`slim`) where more of them have room so.
 * @param {Label[]} labels
 * @param {number} width
 */
export function stageLabels(labels, width) {
  const named = labels.map((label, i) => ({ ...label, i }));
  const whole = withRoom(named, width);
  const narrow = withRoom(
    named.map((label) => ({ ...label, width: label.slim })),
    width,
  );
  const slim = narrow.length > whole.length || whole.reduce((sum, label) => sum + label.width, 0) > width;
  /** @type {(number | null)[]} */
  const places = labels.map(() => null);
  const kept = slim ? narrow : whole;
  const centres = spread(kept, 0, width);
  kept.forEach(({ i }, n) => {
    places[i] = centres[n];
  });
  return { slim, places };
}

/**
 * Centres moved as little as needed, so that nothing overlaps and all stays between left and right, if it can.
 * @param {{ centre: number, width: number }[]} labels
 * @param {number} left
 * @param {number} right
 */
export function spread(labels, left, right) {
  const placed = labels.map((label) => label.centre);
  let edge = left;
  labels.forEach(({ width }, i) => {
    placed[i] = Math.max(placed[i], edge + width / 2);
    edge = placed[i] + width / 2;
  });
  edge = right;
  for (let i = placed.length - 1; i >= 0; i--) {
    placed[i] = Math.min(placed[i], edge - labels[i].width / 2);
    edge = placed[i] - labels[i].width / 2;
  }
  return placed;
}

/**
 * The labels without the spare ones that would touch a neighbour; of two such the first stays. Where all are spare, as
 * in a net without blocks, none gives way as long as all have room side by side.
 * @template {Pick<Label, "centre" | "width" | "spare">} Each
 * @param {Each[]} labels
 * @param {number} [width]
 */
export function withRoom(labels, width = 0) {
  if (labels.every(({ spare }) => spare) && labels.reduce((sum, each) => sum + each.width, 0) <= width) return labels;
  const touches = (/** @type {Each} */ a, /** @type {Each | undefined} */ b) =>
    b !== undefined && Math.abs(a.centre - b.centre) < (a.width + b.width) / 2;
  /** @type {Each[]} */
  const kept = [];
  labels.forEach((one, i) => {
    const next = labels[i + 1];
    const gives = one.spare && (touches(one, kept.at(-1)) || (!next?.spare && touches(one, next)));
    if (!gives) kept.push(one);
  });
  return kept;
}

/**
 * The line from the middle of a stage back from its name.
 * @param {number} aside how far the middle is from the name
 * @param {number} brace
 */
export function lead(aside, brace) {
  return `M${aside} ${brace}v${STRAIGHT}L0 ${brace + ASIDE}`;
}
