/** Each stage of the kernel in WebAssembly, alone, against the same stage in TypeScript. */
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { BoxAlongColumns } from '../../src/hash/pdq/box_columns.ts'
import { BoxAlongRows } from '../../src/hash/pdq/box_rows.ts'
import { GRID, samplePositions } from '../../src/hash/pdq/grid.ts'
import { compileKernel } from '../../src/hash/pdq/in_simd.ts'
import { lumaOfRow } from '../../src/hash/pdq/luma.ts'
import { reachOf, windowOf } from '../../src/hash/pdq/window.ts'

// Much is computed here, and a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 })

/** What `web/kernel` exports for tests only. Places are addresses in the kernel's memory. */
interface Stages {
  memory: WebAssembly.Memory
  luma(rgba: number, pixels: number, out: number): void
  luma_of_bgra(bgra: number, pixels: number, out: number): void
  columns_of_rows(rows: number, stride: number, width: number, columns: number): void
  box_along_rows(padded: number, width: number, means: number): void
  sampled_box_along_rows(padded: number, width: number, means: number): void
  box_along_columns(box: number, band: number, means: number): void
}

const BAND = 16
const FROM = 2 ** 20
const TO = 2 ** 22

const module = await compileKernel()
if (!module) throw new Error('The kernel in WebAssembly does not load')
const stages = new WebAssembly.Instance(module).exports as unknown as Stages
stages.memory.grow(2 ** 23 / 65_536)

const numbers = (place: number, length: number): Float32Array =>
  new Float32Array(stages.memory.buffer, place, length)

test('luma is the same for every one of the 2^24 colours, in either order of bytes', () => {
  const pixels = 2 ** 16
  const words = new Uint32Array(stages.memory.buffer, FROM, pixels)
  const rgba = new Uint8ClampedArray(stages.memory.buffer, FROM, 4 * pixels)
  const expected = new Float32Array(pixels)
  for (let red = 0; red < 256; red++) {
    words.forEach((_, i) => (words[i] = red | (i << 8) | (i << 24)))
    lumaOfRow(rgba, 0, expected)
    stages.luma(FROM, pixels, TO)
    expect(bytesOf(numbers(TO, pixels)).equals(bytesOf(expected))).toBe(true)
    words.forEach((_, i) => (words[i] = (red << 16) | (i >> 8) | ((i & 255) << 8) | (i << 24)))
    stages.luma_of_bgra(FROM, pixels, TO)
    expect(bytesOf(numbers(TO, pixels)).equals(bytesOf(expected))).toBe(true)
  }
})

test('luma of rows of any length ends where the row ends', () => {
  for (let width = 1; width < 20; width++) {
    numbers(TO, 24).fill(-1)
    stages.luma(FROM, width, TO)
    const expected = new Float32Array(width)
    lumaOfRow(new Uint8ClampedArray(stages.memory.buffer, FROM, 4 * width), 0, expected)
    expect([...numbers(TO, 24)]).toEqual([...expected, ...Array<number>(24 - width).fill(-1)])
  }
})

test('a band has its rows side by side', () => {
  const [stride, width] = [16, 8]
  numbers(FROM, BAND * stride).forEach((_, i, rows) => (rows[i] = i))
  stages.columns_of_rows(FROM, stride, width, TO)
  const columns = numbers(TO, BAND * width)
  expect([...columns]).toEqual(
    Array.from({ length: BAND * width }, (_, i) => (i % BAND) * stride + Math.floor(i / BAND)),
  )
})

/** Sixteen rows of numbers of every size, so that sums do round. */
const bands = fc
  .tuple(fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 300, max: 1500 })), fc.nat())
  .map(([width, seed]) => Array.from({ length: BAND }, (_, y) => rough(width, seed + y)))

test('the mean along rows is the same for every length', () => {
  fc.assert(
    fc.property(bands, (rows) => {
      const width = rows[0]?.length ?? 0
      putPadded(rows)
      stages.box_along_rows(FROM, width, TO)
      expectSame(band(TO, width), meansAlong(rows))
    }),
  )
})

test('the mean along rows is the same at the 64 sampled columns', () => {
  fc.assert(
    fc.property(bands, (rows) => {
      const width = rows[0]?.length ?? 0
      putPadded(rows)
      stages.sampled_box_along_rows(FROM, width, TO)
      const sampled = meansAlong(rows).map((row) =>
        Float32Array.from(samplePositions(width), (x) => row[x] ?? NaN),
      )
      expectSame(band(TO, GRID), sampled)
    }),
  )
})

test('the mean along columns is the same for every height, and no number is left undefined', () => {
  const heights = fc.oneof(fc.integer({ min: 1, max: 150 }), fc.integer({ min: 150, max: 1500 }))
  fc.assert(
    fc.property(heights, fc.nat(), (height, seed) => {
      const rows = Array.from({ length: height }, (_, y) => rough(4, seed + y))
      const expected: Float32Array[] = []
      const box = new BoxAlongColumns(4, height, (row) => expected.push(row.slice()))
      for (const row of rows) box.push(row)

      const given = columnsInBands(rows)
      expect(given.every((row) => row.every(Number.isFinite))).toBe(true)
      const delay = reachOf(windowOf(height)) - 1
      expectSame(given.slice(delay, delay + height), expected)
    }),
  )
})

/** The rows through the kernel in bands of 16, followed by zeros until all of them are out. */
function columnsInBands(rows: Float32Array[]): Float32Array[] {
  const { length: height } = rows
  const [window, reach] = [windowOf(height), reachOf(windowOf(height))]
  const [box, sums, ring, input] = [FROM, FROM + 64, FROM + 128, FROM + 65_536]
  new Uint8Array(stages.memory.buffer, FROM, 65_536).fill(0)
  const fields = [height, window, reach, 4, 4, sums, ring, 0, 0]
  new Int32Array(stages.memory.buffer, box, fields.length).set(fields)
  const given: Float32Array[] = []
  for (let y = 0; y < height + reach - 1; y += BAND) {
    const next = Array.from({ length: BAND }, (_, i) => rows[y + i] ?? new Float32Array(4))
    putBand(input, next)
    stages.box_along_columns(box, input, TO)
    given.push(...band(TO, 4))
  }
  return given
}

function meansAlong(rows: Float32Array[]): Float32Array[] {
  const means: Float32Array[] = []
  const box = new BoxAlongRows(rows[0]?.length ?? 0, BAND, (row) => means.push(row.slice()))
  for (const row of rows) box.push(row)
  return means
}

/** A window of zeros, the band, and zeros again. */
function putPadded(rows: Float32Array[]): void {
  const width = rows[0]?.length ?? 0
  const window = windowOf(width)
  numbers(FROM, BAND * (2 * window + width + 4)).fill(0)
  putBand(FROM + 4 * BAND * window, rows)
}

function putBand(place: number, rows: Float32Array[]): void {
  const target = numbers(place, BAND * (rows[0]?.length ?? 0))
  rows.forEach((row, y) => {
    row.forEach((value, x) => (target[BAND * x + y] = value))
  })
}

function band(place: number, width: number): Float32Array[] {
  const columns = numbers(place, BAND * width)
  return Array.from({ length: BAND }, (_, y) =>
    Float32Array.from({ length: width }, (_, x) => columns[BAND * x + y] ?? NaN),
  )
}

function rough(length: number, seed: number): Float32Array {
  let random = Math.imul(seed, 0x9e3779b1)
  return Float32Array.from({ length }, () => {
    random = (Math.imul(random, 1664525) + 1013904223) | 0
    return (random >>> 8) / 2 ** ((random & 7) + 14)
  })
}

/** To the bit. Comparing bytes is also much faster than comparing numbers one by one. */
function expectSame(given: Float32Array[], expected: Float32Array[]): void {
  expect(Buffer.concat(given.map(bytesOf)).equals(Buffer.concat(expected.map(bytesOf)))).toBe(true)
}

function bytesOf(values: Float32Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength)
}
