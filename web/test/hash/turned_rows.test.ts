/** Upright rows out of a picture that is read as it is stored. */
import { expect, test } from 'vitest'
import { liesOnASide, type Orientation } from '../../src/hash/picture/orientation.ts'
import { turnRows, whereRowsLie, type Size } from '../../src/hash/picture/turned_rows.ts'

/** Stored as 3 x 2: 1 2 3 above 4 5 6. */
const STORED = { width: 3, height: 2 }

/** Source: Exif 3.0, tag Orientation: which side of the stored picture is the top, which the left. */
const UPRIGHT: Record<Orientation, number[][]> = {
  1: [[1, 2, 3], [4, 5, 6]], // prettier-ignore
  2: [[3, 2, 1], [6, 5, 4]], // prettier-ignore
  3: [[6, 5, 4], [3, 2, 1]], // prettier-ignore
  4: [[4, 5, 6], [1, 2, 3]], // prettier-ignore
  5: [[1, 4], [2, 5], [3, 6]], // prettier-ignore
  6: [[4, 1], [5, 2], [6, 3]], // prettier-ignore
  7: [[6, 3], [5, 2], [4, 1]], // prettier-ignore
  8: [[3, 6], [2, 5], [1, 4]], // prettier-ignore
}

/** As `VideoFrame.copyTo` gives a part of the picture. */
function part({ x, y, width, height }: Size & { x: number; y: number }): Uint32Array {
  return Uint32Array.from(
    { length: width * height },
    (_, i) => 1 + x + (i % width) + STORED.width * (y + Math.floor(i / width)),
  )
}

const ALL = Object.entries(UPRIGHT).map(
  ([said, rows]) => [Number(said) as Orientation, rows] as const,
)

test.each(ALL)(
  'orientation %i is undone row by row, in pieces of any height',
  (orientation, upright) => {
    const width = liesOnASide(orientation) ? STORED.height : STORED.width
    for (let most = 1; most <= upright.length; most++)
      for (let top = 0; top < upright.length; top += most) {
        const rows = Math.min(most, upright.length - top)
        const rect = whereRowsLie(orientation, STORED, top, rows)
        for (let row = 0; row < rows; row++) {
          const out = new Uint32Array(width)
          turnRows(orientation, part(rect), rect, row, out)
          expect([...out]).toEqual(upright[top + row])
        }
      }
  },
)
