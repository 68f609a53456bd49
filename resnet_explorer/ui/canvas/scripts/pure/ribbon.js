// @ts-check
/** A ribbon of equal tiles, wound in rows over a field until the field is full: areas are costs. */

/** A tile, or what of it lies in a row; tiles count from 0. @typedef {{ tile: number, row: number, x: number, width: number }} Run */

/** A part of a tile where it lies in a row; parts count from 0. @typedef {Run & { part: number }} Piece */

/** Between rows, in pixels. */
const GAP = 4;

/**
 * The rows in which tiles are about as high as they are wide for their field.
 * @param {number} times how many tiles fill it
 */
export function rows(times) {
  return Math.max(1, Math.round(Math.sqrt(times)));
}

/**
 * How high a row is.
 * @param {number} count of rows
 * @param {number} height of the field
 */
export function high(count, height) {
  return (height - (count - 1) * GAP) / count;
}

/**
 * Where a row begins.
 * @param {number} row
 * @param {number} height of a row
 */
export function top(row, height) {
  return row * (height + GAP);
}

/**
 * The pieces of all tiles; the last tile is cut off where the field ends.
 * @param {number[]} costs of the parts of a tile
 * @param {number} whole cost of the field
 * @param {number} count of rows
 * @param {number} width of a row
 * @returns {Piece[]}
 */
export function wound(costs, whole, count, width) {
  /** @type {Piece[]} */
  const pieces = [];
  let at = 0;
  for (let tile = 0; at < whole; tile++)
    for (const [part, cost] of costs.entries()) {
      const end = Math.min(whole, at + cost);
      for (const lies of along(at * count, end * count, whole))
        pieces.push({ tile, part, row: lies.row, x: (lies.from / whole) * width, width: (lies.long / whole) * width });
      at = end;
    }
  return pieces;
}

/**
 * What lies from one place of the ribbon to another, row by row; places are whole numbers, `row` to a row.
 * @param {number} from
 * @param {number} to
 * @param {number} row
 */
function* along(from, to, row) {
  for (let at = from; at < to; ) {
    const index = Math.floor(at / row);
    const end = Math.min(to, (index + 1) * row);
    yield { row: index, from: at - index * row, long: end - at };
    at = end;
  }
}

/**
 * Pieces as the path of a drawing.
 * @param {Run[]} pieces
 * @param {number} height of a row
 */
export function outline(pieces, height) {
  const each = (/** @type {Run} */ { row, x, width }) =>
    `M${x.toFixed(2)} ${top(row, height).toFixed(2)}h${width.toFixed(2)}v${height.toFixed(2)}h${(-width).toFixed(2)}z`;
  return pieces.map(each).join("");
}

/**
 * Where tiles begin, as the path of a drawing; the first needs no line.
 * @param {Piece[]} pieces
 * @param {number} height of a row
 */
export function begins(pieces, height) {
  const first = pieces.filter((piece, i) => i && piece.tile !== pieces[i - 1].tile);
  return first.map(({ row, x }) => `M${x.toFixed(2)} ${top(row, height).toFixed(2)}v${height.toFixed(2)}`).join("");
}

/**
 * Tiles as they lie in rows, uncut.
 * @param {Piece[]} pieces
 * @returns {Run[]}
 */
export function runs(pieces) {
  /** @type {Run[]} */
  const found = [];
  for (const { tile, row, x, width } of pieces) {
    const last = found[found.length - 1];
    if (last?.tile === tile && last.row === row) last.width += width;
    else found.push({ tile, row, x, width });
  }
  return found;
}

/**
 * The number of each tile, at the left of the first row in which there is room for it.
 * @param {Piece[]} pieces
 * @param {(digits: string) => number} room that a number takes
 * @returns {{ text: string, row: number, x: number }[]}
 */
export function numbered(pieces, room) {
  /** @type {Map<number, { text: string, row: number, x: number }>} */
  const found = new Map();
  for (const { tile, row, x, width } of runs(pieces)) {
    const text = String(tile + 1);
    if (!found.has(tile) && width >= room(text)) found.set(tile, { text, row, x });
  }
  return [...found.values()];
}

/**
 * A power of ten of which a square can be seen and does not crowd the field.
 * @param {number} whole cost of the field
 */
export function mark(whole) {
  return 10 ** Math.floor(Math.log10(whole / 200));
}
