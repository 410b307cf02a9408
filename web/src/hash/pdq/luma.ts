/** Stage 1 of PDQ: from colour to brightness. */

/**
 * Write the luma of one row of RGBA bytes, starting at byte `from`, into `luma`.
 *
 * Summed in double precision and rounded once, when it is stored: the reference package does the
 * same. Alpha is left out, as in every reference decoder.
 * Source: ITU-R BT.601; order of operations as in PyPI `pdqhash`.
 */
export function lumaOfRow(rgba: Uint8ClampedArray, from: number, luma: Float32Array): void {
  for (let x = 0, i = from; x < luma.length; x++, i += 4) {
    luma[x] = rgba[i]! * 0.299 + rgba[i + 1]! * 0.587 + rgba[i + 2]! * 0.114
  }
}
