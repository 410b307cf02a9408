/** What holds for every picture, whatever is in it. */
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import type { Kernel, Pdq } from '../../src/hash/pdq/kernel.ts'
import { KERNELS, SIMD_KERNEL } from './kernels.ts'

// Much is computed here, and a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 })

/** Any picture of up to 150 pixels a side: noise, or something coarser. */
const pictures = fc
  .record({
    width: fc.integer({ min: 1, max: 150 }),
    height: fc.integer({ min: 1, max: 150 }),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 400 }),
    coarse: fc.integer({ min: 1, max: 50 }),
  })
  .map(({ width, height, bytes, coarse }) => ({
    width,
    height,
    rgba: Uint8ClampedArray.from(
      { length: 4 * width * height },
      (_, i) => bytes[Math.floor(i / coarse) % bytes.length] ?? 0,
    ),
  }))

describe.each(KERNELS)('by $kind', (kernel) => {
  test('a hash is 64 lower-case hexadecimal digits with a quality from 0 to 100', () => {
    fc.assert(
      fc.property(pictures, ({ width, height, rgba }) => {
        const { hash, quality } = hashIn(kernel, [height], width, rgba)
        expect(hash).toMatch(/^[0-9a-f]{64}$/)
        expect(quality).toSatisfy(
          (value: number) => Number.isInteger(value) && value >= 0 && value <= 100,
        )
      }),
    )
  })

  test('strips of any height make the hash of the whole', () => {
    fc.assert(
      fc.property(pictures, fc.array(fc.integer({ min: 1, max: 70 })), (picture, cuts) => {
        const { width, height, rgba } = picture
        expect(hashIn(kernel, cuts, width, rgba)).toEqual(hashIn(kernel, [height], width, rgba))
      }),
    )
  })

  test('alpha changes nothing', () => {
    fc.assert(
      fc.property(pictures, fc.integer({ min: 0, max: 255 }), ({ width, height, rgba }, alpha) => {
        const other = rgba.map((byte, i) => (i % 4 === 3 ? alpha : byte))
        expect(hashIn(kernel, [height], width, other)).toEqual(
          hashIn(kernel, [height], width, rgba),
        )
      }),
    )
  })

  test('more than half of the bits are never set', () => {
    fc.assert(
      fc.property(pictures, ({ width, height, rgba }) => {
        const bits = BigInt(`0x${hashIn(kernel, [height], width, rgba).hash}`).toString(2)
        expect(bits.replaceAll('0', '').length).toBeLessThanOrEqual(128)
      }),
    )
  })

  test('a picture that is not whole has no hash, and one that is whole takes no more', () => {
    const pdq = kernel.open(10, 10)
    pdq.push(new Uint8ClampedArray(4 * 10 * 9))
    expect(() => pdq.finish()).toThrow(RangeError)
    expect(() => pdq.push(new Uint8ClampedArray(4 * 10 * 2))).toThrow(RangeError)
    expect(() => pdq.push(new Uint8ClampedArray(4))).toThrow(RangeError)
    pdq.push(new Uint8ClampedArray(4 * 10))
    pdq.finish()
    expect(() => pdq.finish()).toThrow(RangeError)
  })
})

/** Long and thin ones as well, and those that are not hashed at all. */
const sizes = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 200 })),
  fc.tuple(fc.integer({ min: 1000, max: 3000 }), fc.integer({ min: 1, max: 20 })),
  fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1000, max: 3000 })),
)

test('both kernels give the same bits and the same plane, one picture after the other', () => {
  fc.assert(
    fc.property(
      sizes,
      fc.integer({ min: 0, max: 255 }),
      fc.nat(),
      ([width, height], step, seed) => {
        const rgba = noise(4 * width * height, step, seed)
        const [one, other] = KERNELS.map((kernel) => {
          const stream = kernel.open(width, height, { plane: true })
          stream.push(rgba)
          const { hash, quality } = stream.finish()
          const { luma, ...layout } = stream.plane()
          return { hash, quality, layout, plane: Buffer.from(luma.buffer).toString('base64') }
        })
        expect(one).toEqual(other)
      },
    ),
  )
})

test.each(KERNELS)('the order of the bytes makes no difference by $kind', (kernel) => {
  fc.assert(
    fc.property(sizes, fc.nat(), ([width, height], seed) => {
      const rgba = noise(4 * width * height, 255, seed)
      const bgra = rgba.map((_, i) => rgba[[i + 2, i, i - 2, i][i % 4] ?? NaN] ?? NaN)
      const stream = kernel.open(width, height)
      stream.push(bgra, 'BGRA')
      expect(stream.finish()).toEqual(hashIn(kernel, [height], width, rgba))
    }),
  )
})

test('both kernels give the same bits to every view of a plane', () => {
  fc.assert(
    fc.property(sizes, fc.nat(), fc.boolean(), ([width, height], seed, mirror) => {
      const stream = SIMD_KERNEL.open(width, height, { plane: true })
      stream.push(noise(4 * width * height, 60, seed))
      stream.finish()
      const [left, top] = [width >> 3, height >> 3]
      const crop = { left, top, width: width - 2 * left, height: height - top }
      const views = [{}, { mirror }, { crop, mirror }, { crop, turns: 1 as const }]
      const [one, other] = KERNELS.map((kernel) => kernel.hashesOf(stream.plane(), views))
      expect(one).toEqual(other)
    }),
  )
})

test('rows of luma make the same bits in both kernels, as bytes and in single precision', () => {
  fc.assert(
    fc.property(sizes, fc.nat(), ([width, height], seed) => {
      const bytes = Uint8Array.from(noise(width * height, 255, seed))
      const hashes = [bytes, Float32Array.from(bytes)].flatMap((luma) =>
        KERNELS.map((kernel) => {
          const stream = kernel.open(width, height)
          stream.pushLuma(luma)
          return stream.finish()
        }),
      )
      expect(new Set(hashes.map((pdq) => JSON.stringify(pdq))).size).toBe(1)
    }),
  )
})

test.each([
  [20_000, 20],
  [20, 20_000],
  [32_767, 300],
  [4096, 300],
])('both kernels agree on %i x %i pixels', (width, height) => {
  const rgba = noise(4 * width * height, 40, 7)
  const hashes = KERNELS.map((kernel) => hashIn(kernel, [height], width, rgba))
  expect(hashes[0]).toEqual(hashes[1])
})

test('streams that are open at the same time do not disturb each other', () => {
  const [width, height] = [300, 200]
  const pictures = [1, 2, 3].map((seed) => noise(4 * width * height, 90, seed))
  const streams = pictures.map(() => SIMD_KERNEL.open(width, height))
  for (let from = 0; from < 4 * width * height; from += 4 * width * 50) {
    streams.forEach((stream, i) => {
      stream.push(pictures[i]?.subarray(from, from + 4 * width * 50) ?? new Uint8ClampedArray())
    })
  }
  const alone = pictures.map((rgba) => hashIn(SIMD_KERNEL, [height], width, rgba))
  expect(streams.map((stream) => stream.finish())).toEqual(alone)
})

/** Brightness that wanders by up to `step` from byte to byte: flat for 0, rough for 255. */
function noise(length: number, step: number, seed: number): Uint8ClampedArray {
  let random = seed
  let value = seed & 255
  return new Uint8ClampedArray(length).map(() => {
    random = (Math.imul(random, 1664525) + 1013904223) | 0
    value = (value + ((random >>> 16) % (step + 1))) & 255
    return value
  })
}

/** Push strips of these heights, and the rest as the last one. */
function hashIn(kernel: Kernel, heights: number[], width: number, rgba: Uint8ClampedArray): Pdq {
  const pdq = kernel.open(width, rgba.length / 4 / width)
  let from = 0
  for (const height of [...heights, Infinity]) {
    const end = Math.min(rgba.length, from + 4 * width * height)
    pdq.push(rgba.subarray(from, end))
    from = end
  }
  return pdq.finish()
}
