/** Samples regained from the colours that a browser made of them, as libyuv does. */
import { describe, expect, test } from 'vitest'
import {
  isCutOff,
  matrixOf,
  sampleOf,
  type Colour,
  type Sample,
} from '../../src/hash/video/matrix.ts'
import { regained } from '../../src/hash/video/regained.ts'

type Maker = (sample: Sample) => Colour

/** Fixed point, a sixty-fourth at a time. Source: libyuv, `YuvPixel` in `row_common.cc`. */
function maker(yg: number, yb: number, [vr, ug, vg, ub]: readonly number[]): Maker {
  const cut = (sum: number): number => Math.max(0, Math.min(sum >> 6, 255))
  return ([y, u, v]) => {
    const light = ((y * 0x0101 * yg) >>> 16) + yb
    return [
      cut(light + (v - 128) * (vr ?? 0)),
      cut(light - (u - 128) * (ug ?? 0) - (v - 128) * (vg ?? 0)),
      cut(light + (u - 128) * (ub ?? 0)),
    ]
  }
}

const MAKERS: readonly [string, Maker][] = [
  ['BT.709', maker(18997, -1160, [115, 14, 34, 128])],
  ['BT.601', maker(18997, -1160, [102, 25, 52, 128])],
  ['BT.2020', maker(19003, -1160, [107, 12, 42, 128])],
  ['BT.601 in the full range', maker(16320, 32, [90, 22, 46, 113])],
  ['BT.709 in the full range', maker(16320, 32, [101, 12, 30, 119])],
]

/** All over what films have. */
const SAMPLES = Array.from({ length: 5000 }, (_, i): Sample => [
  40 + ((i * 7) % 176),
  112 + ((i * 13) % 33),
  112 + ((i * 31) % 34),
])

describe.each(MAKERS)('from colours made by %s', (name, make) => {
  test('a matrix is found, and the samples with it', () => {
    const matrix = matrixOf(SAMPLES.map(make))
    if (!matrix) throw new Error('no matrix')
    const off = SAMPLES.filter((sample) => !isCutOff(make(sample))).map((sample) =>
      Math.max(
        ...sampleOf(matrix, make(sample)).map((part, i) => Math.abs(part - (sample[i] ?? 0))),
      ),
    )
    const wrong = off.filter((by) => by > 0)
    expect(Math.max(...off)).toBeLessThanOrEqual(1)
    // In the full range the steps are so small that a rounded colour lies now and then between two.
    expect(wrong.length / off.length).toBeLessThan(name.includes('full') ? 0.1 : 0.001)
  })
})

test('of colours that no matrix made, none is found', () => {
  const colours = Array.from({ length: 999 }, (_, i): Colour => [
    1 + ((i * 7) % 250),
    1 + ((i * 31) % 250),
    1 + ((i * 101) % 250),
  ])
  expect(matrixOf(colours)).toBeUndefined()
})

test('what is cut off is told by the pixels with which it shares its chroma', () => {
  const make = MAKERS[0]?.[1]
  if (!make) throw new Error('no maker')
  const samples: Sample[] = [120, 235, 30, 90].map((y) => [y, 110, 150])
  const rgba = new Uint8ClampedArray(samples.flatMap((sample) => [...make(sample), 255]))
  expect(Math.max(...rgba.filter((_, i) => i % 4 < 3))).toBe(255)
  const planes = regained({ rgba, width: 2, height: 2 })
  expect([...(planes?.y.samples ?? [])]).toEqual([120, 235, 30, 90])
  expect([...(planes?.u.samples ?? [])]).toEqual([110, 110, 110, 110])
  expect([...(planes?.v.samples ?? [])]).toEqual([150, 150, 150, 150])
})
