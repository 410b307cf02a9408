import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  isUpright,
  transformed,
  UPRIGHT,
  walkAsStored,
  type Transformation,
} from '../../../src/hash/heic/orientation.ts'

const TRANSFORMATION = fc.oneof(
  fc.record({ kind: fc.constant('rotate' as const), degrees: fc.constantFrom(90, 180, 270) }),
  fc.record({
    kind: fc.constant('mirror' as const),
    direction: fc.constantFrom('vertical' as const, 'horizontal' as const),
  }),
)

type Rows = number[][]

/** What a reader does to the rows, written down without any arithmetic. */
function apply(rows: Rows, by: Transformation): Rows {
  if (by.kind === 'mirror') {
    return by.direction === 'vertical' ? [...rows].reverse() : rows.map((row) => [...row].reverse())
  }
  let turned = rows
  for (let left = by.degrees; left > 0; left -= 90) turned = turnedAnticlockwise(turned)
  return turned
}

function turnedAnticlockwise(rows: Rows): Rows {
  return (rows[0] ?? []).map((_, x) => rows.map((row) => row[x] ?? NaN)).reverse()
}

test('the walk over the upright picture meets the pixels as they are stored', () => {
  fc.assert(
    fc.property(
      fc.array(TRANSFORMATION, { maxLength: 3 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 5 }),
      (transformations, width, height) => {
        const stored = Array.from({ length: height }, (_, y) =>
          Array.from({ length: width }, (_, x) => y * width + x),
        )
        const upright = transformations.reduce(apply, stored)
        const across = upright[0]?.length ?? 0
        const orientation = transformations.reduce(transformed, UPRIGHT)
        const walk = walkAsStored(orientation, across, upright.length, across)
        const pixels = upright.flat()
        const walked = Array.from({ length: walk.height }, (_, y) =>
          Array.from(
            { length: walk.width },
            (_, x) => pixels[walk.first + y * walk.down + x * walk.right],
          ),
        )
        expect(walked).toEqual(stored)
      },
    ),
  )
})

test.each([
  [[{ kind: 'rotate', degrees: 180 }], false],
  [[{ kind: 'rotate', degrees: 90 }], false],
  [[{ kind: 'mirror', direction: 'vertical' }], false],
  [[{ kind: 'rotate', degrees: 0 }], true],
  [
    [
      { kind: 'rotate', degrees: 90 },
      { kind: 'rotate', degrees: 270 },
    ],
    true,
  ],
] as [Transformation[], boolean][])('after %j it is upright: %s', (transformations, upright) => {
  expect(isUpright(transformations.reduce(transformed, UPRIGHT))).toBe(upright)
})
