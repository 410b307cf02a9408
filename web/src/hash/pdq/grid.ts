/** The 64 x 64 points at which PDQ looks at a picture, whatever the picture's size. */

export const GRID = 64

/** The pixel at the middle of each of the 64 cells along a side of `length` pixels. */
export function samplePositions(length: number): Uint32Array {
  return Uint32Array.from({ length: GRID }, (_, cell) => ((cell + 0.5) * length) / GRID)
}
