/** Each stage of the kernel, alone. */
import { describe, expect, test } from 'vitest'
import { bitsSet, hexOf } from '../../src/hash/pdq/bits.ts'
import { BoxAlongColumns } from '../../src/hash/pdq/box_columns.ts'
import { BoxAlongRows } from '../../src/hash/pdq/box_rows.ts'
import { frequenciesOf } from '../../src/hash/pdq/dct.ts'
import { samplePositions } from '../../src/hash/pdq/grid.ts'
import { lumaOfRow } from '../../src/hash/pdq/luma.ts'
import { qualityOf } from '../../src/hash/pdq/quality.ts'
import { windowOf } from '../../src/hash/pdq/window.ts'

describe('luma', () => {
  test('weighs red, green and blue, and leaves alpha out', () => {
    const luma = new Float32Array(3)
    lumaOfRow(Uint8ClampedArray.of(9, 9, 9, 9, 255, 0, 0, 255, 0, 255, 0, 7, 0, 0, 255, 0), 4, luma)
    expect([...luma]).toEqual([0.299 * 255, 0.587 * 255, 0.114 * 255].map(Math.fround))
  })
})

test('the window covers half a cell of the grid, rounded up', () => {
  expect([1, 128, 129, 1024, 4000].map(windowOf)).toEqual([1, 1, 2, 8, 32])
})

describe.each([
  ['rows', alongRow],
  ['columns', alongColumn],
])('the box filter along %s', (_, meansOf) => {
  test.each([1, 5, 128, 129, 300, 500, 1000])(
    'takes the mean around each of %i places',
    (length) => {
      const values = Float32Array.from({ length }, (_, i) => (i * i) % 251)
      expect(meansOf(values)).toEqual(straightforwardMeans(values))
    },
  )

  test('carries rounding errors along, as the reference does', () => {
    expect(meansOf(Float32Array.of(2 ** 24, 1, 1, 1))).toEqual([2 ** 24, 0, 0, 0])
  })
})

test('the box filter keeps rows apart and in order, also those left over after groups of four', () => {
  const rows = Array.from({ length: 7 }, (_, y) => new Float32Array(200).fill(y))
  const means: number[] = []
  const box = new BoxAlongRows(200, rows.length, (row) => means.push(...new Set(row)))
  for (const row of rows) box.push(row)
  expect(means).toEqual([0, 1, 2, 3, 4, 5, 6])
})

test('the grid looks at the middle of each cell', () => {
  expect([...samplePositions(640)].slice(0, 3)).toEqual([5, 15, 25])
  expect(samplePositions(640).at(-1)).toBe(635)
  expect(new Set(samplePositions(5))).toEqual(new Set([0, 1, 2, 3, 4]))
})

describe('quality', () => {
  test('of nothing to see is 0', () => {
    expect(qualityOf(new Float32Array(4096).fill(128))).toBe(0)
  })

  test('does not count steps below one percent of full brightness', () => {
    expect(qualityOf(Float32Array.from({ length: 4096 }, (_, i) => (i % 2) * 2.5))).toBe(0)
  })

  test('rounds a step before cutting it, as the reference does', () => {
    const onePercent = Math.fround(2.55)
    expect(onePercent).toBeLessThan(2.55)
    expect(qualityOf(Float32Array.from({ length: 4096 }, (_, i) => (i % 2) * onePercent))).toBe(44)
  })

  test('adds up steps in both directions, scaled by 90', () => {
    const halves = Float32Array.from({ length: 4096 }, (_, i) => (i % 64 < 32 ? 0 : 255))
    expect(qualityOf(halves)).toBe(Math.floor((64 * 100) / 90))
  })

  test('ends at 100', () => {
    expect(qualityOf(Float32Array.from({ length: 4096 }, (_, i) => (i % 2) * 255))).toBe(100)
  })
})

describe('the cosine transform', () => {
  test('finds a pure wave where it belongs', () => {
    const wave = Float32Array.from({ length: 4096 }, (_, i) => {
      const [x, y] = [i % 64, i >> 6]
      return (
        Math.cos((Math.PI / 128) * 3 * (2 * x + 1)) * Math.cos((Math.PI / 128) * 5 * (2 * y + 1))
      )
    })
    const strong = [...frequenciesOf(wave).entries()].filter(([, value]) => Math.abs(value) > 1e-3)
    expect(strong).toEqual([[(5 - 1) * 16 + (3 - 1), expect.closeTo(32, 3)]])
  })
})

describe('bits', () => {
  test('stand for frequencies above the lower median, the last one first', () => {
    expect(hexOf(Float32Array.from({ length: 256 }, (_, i) => i))).toBe(
      'f'.repeat(32) + '0'.repeat(32),
    )
    expect(hexOf(new Float32Array(256).fill(1, 0, 1))).toBe('0'.repeat(63) + '1')
  })

  test('are counted', () => {
    expect(bitsSet('0'.repeat(56) + '0123578f')).toBe(0 + 1 + 1 + 2 + 2 + 3 + 1 + 4)
  })
})

function alongRow(values: Float32Array): number[] {
  const means: number[] = []
  new BoxAlongRows(values.length, 1, (row) => means.push(...row)).push(values)
  return means
}

function alongColumn(values: Float32Array): number[] {
  const means: number[] = []
  const box = new BoxAlongColumns(1, values.length, (row) => means.push(...row))
  for (const value of values) box.push(Float32Array.of(value))
  return means
}

/** Sums of whole numbers are exact, so the order in which they are added does not show. */
function straightforwardMeans(values: Float32Array): number[] {
  const window = windowOf(values.length)
  const after = window >> 1
  return Array.from(values, (_, at) => {
    const seen = values.subarray(Math.max(0, at + after + 1 - window), at + after + 1)
    return Math.fround(seen.reduce((sum, value) => sum + value, 0) / seen.length)
  })
}
