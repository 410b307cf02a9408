/** Each stage of the kernel, alone. */
import { describe, expect, test } from 'vitest'
import { bitsSet, hexOf } from '../../src/hash/pdq/bits.ts'
import { BoxAlongColumns, boxAlongRow, windowOf } from '../../src/hash/pdq/box.ts'
import { frequenciesOf } from '../../src/hash/pdq/dct.ts'
import { samplePositions } from '../../src/hash/pdq/grid.ts'
import { lumaOfRow } from '../../src/hash/pdq/luma.ts'
import { qualityOf } from '../../src/hash/pdq/quality.ts'

describe('luma', () => {
  test('weighs red, green and blue, and leaves alpha out', () => {
    const luma = new Float32Array(3)
    lumaOfRow(Uint8ClampedArray.of(9, 9, 9, 9, 255, 0, 0, 255, 0, 255, 0, 7, 0, 0, 255, 0), 4, luma)
    expect([...luma]).toEqual([0.299 * 255, 0.587 * 255, 0.114 * 255].map(Math.fround))
  })
})

describe('the box filter', () => {
  const row = Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)

  test('has a window that covers half a cell of the grid', () => {
    expect([1, 128, 129, 1024, 4000].map(windowOf)).toEqual([1, 1, 2, 8, 32])
  })

  test('takes the mean of an odd window around each place, cut off at the ends', () => {
    expect(meansOf(row, 3)).toEqual([0.5, 1, 2, 3, 4, 5, 6, 7, 8, 8.5])
  })

  test('leans to the right with an even window', () => {
    expect(meansOf(row, 4)).toEqual([1, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8, 8.5].map(Math.fround))
  })

  test('carries rounding errors along, as the reference does', () => {
    const huge = Float32Array.of(2 ** 24, 1, 1, 1)
    expect(meansOf(huge, 1)).toEqual([2 ** 24, 0, 0, 0])
  })

  test('runs down columns as it runs along rows', () => {
    const column = Float32Array.from({ length: 300 }, (_, y) => (y * y) % 251)
    const means: number[] = []
    const box = new BoxAlongColumns(1, column.length, ([mean = NaN]) => means.push(mean))
    for (const value of column) box.push(Float32Array.of(value))
    expect(means).toEqual(meansOf(column, windowOf(column.length)))
  })
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

function meansOf(row: Float32Array, window: number): number[] {
  const means = new Float32Array(row.length)
  boxAlongRow(row, means, window)
  return [...means]
}
