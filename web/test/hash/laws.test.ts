/** What holds for every picture, whatever is in it. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TYPESCRIPT_KERNEL, type Pdq } from '../../src/hash/pdq/kernel.ts'

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

test('a hash is 64 lower-case hexadecimal digits with a quality from 0 to 100', () => {
  fc.assert(
    fc.property(pictures, ({ width, height, rgba }) => {
      const { hash, quality } = hashIn([height], width, rgba)
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
      expect(hashIn(cuts, width, rgba)).toEqual(hashIn([height], width, rgba))
    }),
  )
})

test('alpha changes nothing', () => {
  fc.assert(
    fc.property(pictures, fc.integer({ min: 0, max: 255 }), ({ width, height, rgba }, alpha) => {
      const other = rgba.map((byte, i) => (i % 4 === 3 ? alpha : byte))
      expect(hashIn([height], width, other)).toEqual(hashIn([height], width, rgba))
    }),
  )
})

test('more than half of the bits are never set', () => {
  fc.assert(
    fc.property(pictures, ({ width, height, rgba }) => {
      const bits = BigInt(`0x${hashIn([height], width, rgba).hash}`).toString(2)
      expect(bits.replaceAll('0', '').length).toBeLessThanOrEqual(128)
    }),
  )
})

test('a picture that is not whole has no hash', () => {
  const pdq = TYPESCRIPT_KERNEL.open(10, 10)
  pdq.push(new Uint8ClampedArray(4 * 10 * 9))
  expect(() => pdq.finish()).toThrow(RangeError)
})

/** Push strips of these heights, and the rest as the last one. */
function hashIn(heights: number[], width: number, rgba: Uint8ClampedArray): Pdq {
  const pdq = TYPESCRIPT_KERNEL.open(width, rgba.length / 4 / width)
  let from = 0
  for (const height of [...heights, Infinity]) {
    const end = Math.min(rgba.length, from + 4 * width * height)
    pdq.push(rgba.subarray(from, end))
    from = end
  }
  return pdq.finish()
}
