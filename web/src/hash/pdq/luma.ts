/** Stage 1 of PDQ: from colour to brightness. */

/** How the four bytes of a pixel lie. Browsers keep them as BGRA, and all else has RGBA. */
export type Order = 'RGBA' | 'BGRA'

/**
 * Write the luma of one row of bytes, four a pixel, starting at byte `from`, into `luma`.
 *
 * Summed in double precision and rounded once, when it is stored: the reference package does the
 * same. Alpha is left out, as in every reference decoder.
 * Source: ITU-R BT.601; order of operations as in PyPI `pdqhash`.
 */
export function lumaOfRow(
  bytes: Uint8ClampedArray,
  from: number,
  luma: Float32Array,
  order: Order = 'RGBA',
): void {
  const [red, blue] = order === 'RGBA' ? [0, 2] : [2, 0]
  for (let x = 0, i = from; x < luma.length; x++, i += 4) {
    luma[x] = bytes[i + red]! * 0.299 + bytes[i + 1]! * 0.587 + bytes[i + blue]! * 0.114
  }
}
