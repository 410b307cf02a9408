/** Planes of blocks, and the hashes of views that are made from them. */
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { View } from '../../src/hash/pdq/compensated.ts'
import { TYPESCRIPT_KERNEL, type Pdq } from '../../src/hash/pdq/kernel.ts'
import { planeOfReduced, type LumaPlane } from '../../src/hash/pdq/reduced_plane.ts'
import { KERNELS } from './kernels.ts'
import { draw, type Drawing } from './drawings.ts'

// Much is computed here, and a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 })

const HILLS: Drawing = { kind: 'hills', width: 2300, height: 1650, grain: 97 }

function hashed({ width, height }: Drawing, rgba: Uint8ClampedArray): [Pdq, LumaPlane] {
  const stream = TYPESCRIPT_KERNEL.open(width, height, { plane: true })
  stream.push(rgba)
  return [stream.finish(), stream.plane()]
}

function hashOf(plane: LumaPlane, view: View = {}): Pdq {
  const [one, other] = KERNELS.map((kernel) => kernel.hashesOf(plane, [view]))
  expect(one).toEqual(other)
  return one?.[0] ?? { hash: '', quality: NaN }
}

/** The view as a picture of its own, pixel by pixel. */
function seen(drawing: Drawing, rgba: Uint8ClampedArray, view: View): Pdq {
  const { crop = { left: 0, top: 0, ...drawing }, mirror = false, turns = 0 } = view
  const { width, height } = crop
  const [w, h] = turns % 2 === 0 ? [width, height] : [height, width]
  const luma = new Uint8Array(w * h)
  for (let i = 0; i < luma.length; i++) {
    const [x, y] = [i % w, Math.floor(i / w)]
    const [u, v] = [
      [x, y],
      [y, height - 1 - x],
      [width - 1 - x, height - 1 - y],
      [width - 1 - y, x],
    ][turns] as [number, number]
    const column = mirror ? width - 1 - u : u
    luma[i] = rgba[4 * ((crop.top + v) * drawing.width + crop.left + column)] ?? NaN
  }
  const stream = TYPESCRIPT_KERNEL.open(w, h)
  stream.pushLuma(luma)
  return stream.finish()
}

function distance(one: Pdq, other: Pdq): number {
  const bits = (BigInt(`0x${one.hash}`) ^ BigInt(`0x${other.hash}`)).toString(2)
  return bits.replaceAll('0', '').length
}

test.each<View>([
  {},
  { mirror: true },
  { turns: 1 },
  { turns: 2 },
  { turns: 3 },
  { mirror: true, turns: 3 },
  { crop: { left: 113, top: 77, width: 2001, height: 1503 } },
  { crop: { left: 113, top: 77, width: 2001, height: 1503 }, mirror: true, turns: 1 },
])('the view %j from the plane has nearly the hash of its pixels', (view) => {
  const rgba = grey(draw(HILLS))
  const [, plane] = hashed(HILLS, rgba)
  expect(distance(hashOf(plane, view), seen(HILLS, rgba, view))).toBeLessThanOrEqual(2)
})

test('a picture that somebody scaled down has nearly the hash of full size', () => {
  const rgba = draw(HILLS)
  const [pdq, plane] = hashed(HILLS, rgba)
  const other = planeOfReduced(plane.luma, plane, { width: 2300, height: 1650 })
  expect(distance(hashOf(other), pdq)).toBeLessThanOrEqual(4)
})

test('a block is the mean of its pixels, at the edge of those it has', () => {
  const size = fc.integer({ min: 1, max: 6 })
  fc.assert(
    fc.property(fc.integer({ min: 1025, max: 2100 }), size, (width, height) => {
      const rgba = draw({ kind: 'speckle', width, height, grain: 1 })
      const [, plane] = hashed({ kind: 'speckle', width, height, grain: 1 }, rgba)
      const block = plane.block.width
      const x = plane.width - 1
      const lumas: number[] = []
      for (let v = 0; v < Math.min(block, height); v++) {
        for (let u = x * block; u < width; u++) {
          const [r = 0, g = 0, b = 0] = rgba.subarray(4 * (v * width + u))
          lumas.push(0.299 * r + 0.587 * g + 0.114 * b)
        }
      }
      const mean = lumas.reduce((sum, luma) => sum + luma, 0) / lumas.length
      expect(plane.luma[x]).toBeCloseTo(mean, 3)
    }),
    { numRuns: 20 },
  )
})

test('the plane of a small picture is the picture', () => {
  const drawing = { kind: 'speckle', width: 5, height: 7, grain: 1 }
  expect(hashed(drawing, draw(drawing))[1]).toMatchObject({ width: 5, height: 7 })
})

test('a plane that was not asked for, or not yet finished, is not there', () => {
  const stream = TYPESCRIPT_KERNEL.open(8, 1, { plane: true })
  stream.pushLuma(new Uint8Array(8))
  expect(() => stream.plane()).toThrow(RangeError)
  const other = TYPESCRIPT_KERNEL.open(8, 0)
  other.finish()
  expect(() => other.plane()).toThrow(RangeError)
})

function grey(rgba: Uint8ClampedArray): Uint8ClampedArray {
  return rgba.map((_, i) => rgba[i - (i % 4)] ?? NaN)
}
