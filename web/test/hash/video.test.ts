/** The parts of video hashing that need no browser: rate, sampling, colours, what is kept. */
import { describe, expect, test } from 'vitest'
import { colourTables } from '../../src/hash/video/colours.ts'
import { frameRateOf } from '../../src/hash/video/frame_rate.ts'
import { ALIKE, KeptFrames, MOST_FRAMES } from '../../src/hash/video/kept_frames.ts'
import { piecesOf } from '../../src/hash/video/pieces.ts'
import { layoutOf, planesIn } from '../../src/hash/video/planes.ts'
import { coloursOfRow } from '../../src/hash/video/row.ts'
import { sampled, stepOf } from '../../src/hash/video/sampling.ts'

// eslint-disable-next-line @typescript-eslint/require-await
async function* each<T>(values: Iterable<T>): AsyncGenerator<T> {
  yield* values
}

/** The times of a film, rounded to one of `resolution` parts of a second. */
function timesOf(rate: number, frames: number, resolution: number): { timestamp: number }[] {
  return Array.from({ length: frames }, (_, i) => ({
    timestamp: Math.round((i / rate) * resolution) / resolution,
  }))
}

describe('of the frames of a film', () => {
  test.each([
    [24_000 / 1001, 23],
    [24, 24],
    [25, 25],
    [30_000 / 1001, 29],
    [30, 30],
    [50, 50],
    [60_000 / 1001, 59],
    [60, 60],
    [12.5, 12],
    [0.5, 1],
  ])('at %d a second, one in %d is hashed', async (rate, step) => {
    for (const resolution of [1000, 90_000]) {
      for (const frames of [60, 2000]) {
        const packets = each(timesOf(rate, frames, resolution))
        expect(stepOf(await frameRateOf(packets, resolution))).toBe(step)
      }
    }
  })

  test('that come in another order than they are shown, the rate is the same', async () => {
    const times = timesOf(25, 100, 1000)
    const swapped = times.map((_, i) => times[i ^ 1] ?? { timestamp: 0 })
    expect(stepOf(await frameRateOf(each(swapped), 1000))).toBe(25)
  })

  test('that are cut off among those shown later, the rate is the same', async () => {
    const times = timesOf(30, 1995, 90_000)
    for (const group of [3, 5, 7, 15]) {
      // The last of each group is decoded first: the others are made from it.
      const decoded = times.map((_, i) => (i % group ? i - 1 : Math.min(i + group, 1995) - 1))
      const packets = decoded.map((i) => times[i] ?? { timestamp: 0 })
      expect(stepOf(await frameRateOf(each(packets), 90_000))).toBe(30)
    }
  })

  test('of which there is one, or that all have one time, each is hashed', async () => {
    expect(stepOf(await frameRateOf(each(timesOf(25, 1, 1000)), 1000))).toBe(1)
    expect(stepOf(await frameRateOf(each([{ timestamp: 3 }, { timestamp: 3 }]), 1000))).toBe(1)
  })

  test('every one is closed, and those of a step are given', async () => {
    const closed: number[] = []
    const frames = Array.from({ length: 7 }, (_, i) => ({ i, close: () => closed.push(i) }))
    const given: number[] = []
    const rate = { perSecond: 3, tolerance: 0 }
    for await (const { i } of sampled(each(frames), rate)) {
      expect(closed).not.toContain(i)
      given.push(i)
    }
    expect(given).toEqual([0, 3, 6])
    expect(closed).toEqual([0, 1, 2, 3, 4, 5, 6])
  })
})

describe('the colours of a frame', () => {
  test('span black to white from 16 to 235, and from 0 to 255 in the full range', () => {
    const { luma } = colourTables(8, false)
    expect([luma[16], luma[126], luma[235]]).toEqual([0, 128, 255])
    const full = colourTables(8, true)
    expect([full.luma[0], full.luma[128], full.luma[255]]).toEqual([0, 128, 255])
  })

  test('are the same in 10 and 12 bits', () => {
    const eight = colourTables(8, false)
    for (const bits of [10, 12] as const) {
      const deep = colourTables(bits, false)
      const unit = 2 ** (bits - 8)
      for (let sample = 0; sample < 256; sample++) {
        expect(deep.luma[sample * unit]).toBe(eight.luma[sample])
        expect(deep.blueOfU[sample * unit]).toBe(eight.blueOfU[sample])
      }
    }
  })

  test.each([
    ['I420', [16, 16, 235, 235, 16, 16, 235, 235, 128, 90, 128, 240]],
    ['NV12', [16, 16, 235, 235, 16, 16, 235, 235, 128, 128, 90, 240]],
  ])('are found in a frame of the kind %s', (format, bytes) => {
    const layout = layoutOf(format)
    if (!layout) throw new Error('a format without a layout')
    const places =
      layout.step === 2
        ? [
            { offset: 0, stride: 4 },
            { offset: 8, stride: 4 },
          ]
        : [
            { offset: 0, stride: 4 },
            { offset: 8, stride: 2 },
            { offset: 10, stride: 2 },
          ]
    const row = new Uint8ClampedArray(16)
    const planes = planesIn(Uint8Array.from(bytes), places, layout)
    coloursOfRow(planes, layout, colourTables(8, false), 1, row)
    // Two pixels of black; two of white with much red and little blue, cut off where it ends.
    expect([...row]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 255, 177, 178, 0, 255, 177, 178, 0])
  })

  test('of other kinds are left to the browser', () => {
    expect(['RGBA', 'BGRX', null].map(layoutOf)).toEqual([undefined, undefined, undefined])
    expect(layoutOf('I422AP10')).toEqual({ bits: 10, across: 1, down: 0, step: 1 })
  })
})

describe('of hashed frames', () => {
  /** A hash of 128 bits set, of which `moved` differ from the first, two at a time. */
  function hash(moved: number, block = 0): string {
    const bits = Array.from({ length: 256 }, (_, i) => (i >> (block % 7)) % 2)
    for (let i = 0; i < moved; i++) bits[i] = 1 - (bits[i] ?? 0)
    return Array.from({ length: 64 }, (_, i) =>
      parseInt(bits.slice(4 * i, 4 * i + 4).join(''), 2).toString(16),
    ).join('')
  }

  test('those that look like a kept one are left out, however long ago it was', () => {
    const kept = new KeptFrames()
    for (const value of [hash(0), hash(0, 3), hash(ALIKE), hash(ALIKE + 2)]) {
      kept.add({ hash: value, quality: 80 })
    }
    expect(kept.made.map(({ value }) => value)).toEqual([hash(0), hash(0, 3), hash(ALIKE + 2)])
  })

  test('one too plain to be sent stands for no other', () => {
    const kept = new KeptFrames()
    kept.add({ hash: hash(0), quality: 49 })
    kept.add({ hash: hash(2), quality: 50 })
    expect(kept.made).toEqual([{ value: hash(2), quality: 50 }])
  })

  test('no more are kept than the most, evenly from the first to the last', () => {
    const kept = new KeptFrames()
    const count = 2 * MOST_FRAMES + 700
    const all = Array.from({ length: count }, (_, i) => numbered(i))
    for (const value of all) kept.add({ hash: value, quality: 80 })
    const places = kept.made.map(({ value }) => all.indexOf(value))
    expect(places.length).toBe(MOST_FRAMES)
    expect(places[0]).toBeLessThan(3)
    expect(places.at(-1)).toBeGreaterThan(count - 4)
    const gaps = places.slice(1).map((place, i) => place - (places[i] ?? 0))
    expect(new Set(gaps)).toEqual(new Set([2, 3]))
  })

  /** Hashes of 128 bits, all far from each other: each bit of a number is there eight times. */
  function numbered(number: number): string {
    const word = number.toString(16).padStart(4, '0')
    const inverse = (0xffff - number).toString(16).padStart(4, '0')
    return (word + inverse).repeat(8)
  }
})

describe('a file in pieces', () => {
  test('is whole, whatever the size of the pieces', async () => {
    const file = new Blob([Uint8Array.from({ length: 1000 }, (_, i) => i)])
    for (const size of [1, 333, 500, 1000, 5000]) {
      const pieces: number[] = []
      for await (const piece of piecesOf(file, size)) pieces.push(...piece)
      expect(pieces).toEqual([...new Uint8Array(await file.arrayBuffer())])
    }
  })
})
