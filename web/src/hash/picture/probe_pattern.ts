/** What is drawn to find out whether a browser gives back what was drawn. */

/** Pixels a side: with fewer the noise that some browsers add may miss all of them. */
export const SIDE = 64

/** A colour of its own for each pixel, all opaque. */
export function pattern(): Uint8ClampedArray<ArrayBuffer> {
  return Uint8ClampedArray.from({ length: 4 * SIDE * SIDE }, (_, at) => byteAt(at))
}

export function isWhatWasDrawn(bytes: Uint8ClampedArray): boolean {
  return bytes.every((byte, at) => byte === byteAt(at))
}

function byteAt(at: number): number {
  const i = at >> 2
  return ([i * 7, i * 13 + (i >> 8), i * 31 + (i >> 4)][at & 3] ?? 255) & 255
}
