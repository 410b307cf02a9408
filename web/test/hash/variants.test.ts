/** The versions of a picture that are hashed beside the upright one. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SIGNAL_TYPES } from '../../src/hash/signals.ts'
import { VARIANTS } from '../../src/hash/picture/variants.ts'
import type { View } from '../../src/hash/pdq/compensated.ts'

const side = fc.integer({ min: 1, max: 32_767 })

function view(name: string, width: number, height: number): View | undefined {
  return VARIANTS.find((variant) => variant.name === name)?.view({ width, height })
}

test('their names are those of the contract, in its order', () => {
  const names = ['upright', 'stored', ...VARIANTS.map(({ name }) => name)]
  expect(names).toEqual(SIGNAL_TYPES.ImagePDQ.variants)
})

test('the mirrored one is all of the picture', () => {
  expect(view('mirrored', 400, 300)).toEqual({ mirror: true })
})

test.each([
  ['crop-4', { left: 80, top: 60, width: 3840, height: 2880 }],
  ['crop-10', { left: 200, top: 150, width: 3600, height: 2700 }],
  ['crop-17', { left: 340, top: 255, width: 3320, height: 2490 }],
  ['crop-1x1', { left: 500, top: 0, width: 3000, height: 3000 }],
  ['crop-4x5', { left: 800, top: 0, width: 2400, height: 3000 }],
])('%s of a photograph of 4000 x 3000 is cut from its middle', (name, crop) => {
  expect(view(name, 4000, 3000)).toEqual({ crop })
})

test.each([
  ['crop-1x1', { left: 0, top: 500, width: 3000, height: 3000 }],
  ['crop-4x5', { left: 0, top: 125, width: 3000, height: 3750 }],
])('%s of a photograph that stands is cut at its top and bottom', (name, crop) => {
  expect(view(name, 3000, 4000)).toEqual({ crop })
})

test('a picture that has the shape already has no version of that shape', () => {
  expect(view('crop-1x1', 640, 640)).toBeUndefined()
  expect(view('crop-4x5', 1080, 1350)).toBeUndefined()
})

test.each([
  ['crop-4', 5, 5],
  ['crop-10', 70, 70],
  ['crop-1x1', 20_000, 20],
  ['crop-1x1', 1, 4],
])('there is no %s of %i x %i pixels: too few would be left', (name, width, height) => {
  expect(view(name, width, height)).toBeUndefined()
})

test('each cut lies within the picture, as far from the left as from the right, and large enough', () => {
  fc.assert(
    fc.property(side, side, (width, height) => {
      for (const variant of VARIANTS) {
        const crop = variant.view({ width, height })?.crop
        if (!crop) continue
        expect(2 * crop.left + crop.width).toBe(width)
        expect(2 * crop.top + crop.height).toBe(height)
        expect(Math.min(crop.width, crop.height)).toBeGreaterThanOrEqual(64)
        expect(Math.min(crop.left, crop.top)).toBeGreaterThanOrEqual(0)
      }
    }),
  )
})
