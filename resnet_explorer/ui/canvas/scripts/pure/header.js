// @ts-check
/** How much of a safetensors file is its header: 8 bytes say how long it is, then it follows. */

export const FIRST = 8;

/**
 * The length that the first bytes of a file name, or 0 where they name none, or one of more than `most` bytes.
 * @param {Uint8Array} first
 * @param {number} most
 */
export function headerLength(first, most) {
  if (first.length < FIRST) return 0;
  const length = new DataView(first.buffer, first.byteOffset, FIRST).getBigUint64(0, true);
  return length <= BigInt(most) ? Number(length) : 0;
}
