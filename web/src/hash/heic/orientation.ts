/**
 * How the rows that are stored lie in the upright picture.
 *
 * HEIC notes rotations and mirrorings as properties of the picture, and every reader applies
 * them; an orientation in its EXIF block is to be ignored. Source: ISO/IEC 23008-12, 6.5.10,
 * 6.5.12 and annex A.
 */

/** One step to the right, and one down, in the stored picture: x and y steps in the upright one. */
export interface Orientation {
  readonly right: readonly [x: number, y: number]
  readonly down: readonly [x: number, y: number]
}

export const UPRIGHT: Orientation = { right: [1, 0], down: [0, 1] }

/** What is applied to a picture, as libheif tells it: degrees are anticlockwise. */
export type Transformation =
  { kind: 'rotate'; degrees: number } | { kind: 'mirror'; direction: 'vertical' | 'horizontal' }

/** The orientation after one more transformation. */
export function transformed(before: Orientation, by: Transformation): Orientation {
  return { right: step(before.right, by), down: step(before.down, by) }
}

function step([x, y]: readonly [number, number], by: Transformation): [number, number] {
  if (by.kind === 'mirror') return by.direction === 'vertical' ? [x, -y] : [-x, y]
  let turned: [number, number] = [x, y]
  for (let left = by.degrees; left > 0; left -= 90) turned = [turned[1], -turned[0]]
  return turned
}

export function isUpright({ right, down }: Orientation): boolean {
  return right[0] === 1 && down[1] === 1
}

/** A walk over the upright picture's pixels that meets them in the order of storing. */
export interface Walk {
  readonly width: number
  readonly height: number
  /** The index of the first pixel, and what to add for each step to the right and down. */
  readonly first: number
  readonly right: number
  readonly down: number
}

/** `across` is how many pixels lie between a pixel and the one below it. */
export function walkAsStored(
  { right, down }: Orientation,
  width: number,
  height: number,
  across: number,
): Walk {
  const sideways = right[0] === 0
  const fromRight = right[0] + down[0] < 0
  const fromBottom = right[1] + down[1] < 0
  return {
    width: sideways ? height : width,
    height: sideways ? width : height,
    first: (fromRight ? width - 1 : 0) + (fromBottom ? (height - 1) * across : 0),
    right: right[0] + right[1] * across,
    down: down[0] + down[1] * across,
  }
}
