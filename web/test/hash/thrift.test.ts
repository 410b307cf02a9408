/** A JPEG without its colour profile, for browsers that then keep one copy less of its pixels. */
import { afterEach, expect, test, vi } from 'vitest'
import type { Measured } from '../../src/hash/decode.ts'
import { thriftily } from '../../src/hash/thrift.ts'
import { ascii, blob } from './bytes.ts'

const START = [0xff, 0xd8]
const EXIF = [0xff, 0xe1, 0, 8, ...ascii('Exif\0\0')]
const PROFILE = [0xff, 0xe2, 0, 18, ...ascii('ICC_PROFILE\0'), 1, 2, 3, 4]
const PANORAMA = [0xff, 0xe2, 0, 6, ...ascii('MPF\0')]
const SCAN = [0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xe2, 0xff, 0xd9]

const MEASURED: Measured = {
  format: 'jpeg',
  dimensions: { width: 8000, height: 6000 },
  orientation: 1,
}

/** A browser whose frames know of rotations: Chromium. */
function inChromium(): void {
  vi.stubGlobal('VideoFrame', { prototype: { rotation: 0 } })
}

afterEach(() => {
  vi.unstubAllGlobals()
})

async function bytesIn(file: Blob): Promise<number[]> {
  return [...new Uint8Array(await file.arrayBuffer())]
}

test('all parts of the profile are left out, and nothing else', async () => {
  inChromium()
  const whole = [...START, ...PROFILE, ...EXIF, ...PROFILE, ...PANORAMA, ...SCAN]
  const [file, options] = await thriftily(blob(whole), MEASURED)
  expect(await bytesIn(file)).toEqual([...START, ...EXIF, ...PANORAMA, ...SCAN])
  expect(options.colorSpaceConversion).toBe('default')
})

test('a file without a profile is decoded as it is', async () => {
  inChromium()
  const whole = blob([...START, ...EXIF, ...SCAN])
  expect((await thriftily(whole, MEASURED))[0]).toBe(whole)
})

test('a PNG keeps its profile, and its colours are asked not to be converted', async () => {
  inChromium()
  const file = blob([...START, ...PROFILE, ...SCAN])
  expect(await thriftily(file, { ...MEASURED, format: 'png' })).toEqual([file, {}])
})

test('a browser that gains nothing from it gets the file as it is', async () => {
  const file = blob([...START, ...PROFILE, ...SCAN])
  expect(await thriftily(file, MEASURED)).toEqual([file, {}])
})
