/** How a picture is decoded so that the browser keeps one copy less of its pixels. */
import { afterEach, expect, test, vi } from 'vitest'
import type { Measured } from '../../src/hash/picture/decode.ts'
import type { PictureFormat } from '../../src/hash/format.ts'
import type { Orientation } from '../../src/hash/picture/orientation.ts'
import { thriftily } from '../../src/hash/picture/thrift.ts'
import { ascii, blob } from './bytes.ts'

const EXIF = [0xff, 0xe1, 0, 8, ...ascii('Exif\0\0')]
const SCAN = [0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xe2, 0xff, 0xd9]
const TURNED = blob([0xff, 0xd8, ...EXIF, ...SCAN])

/** A browser whose frames know of rotations: Chromium. */
function inChromium(): void {
  vi.stubGlobal('VideoFrame', { prototype: { rotation: 0 } })
}

afterEach(() => {
  vi.unstubAllGlobals()
})

function measured(format: PictureFormat, orientation: Orientation = 1): Measured {
  return { format, dimensions: { width: 8000, height: 6000 }, orientation }
}

function png(colour: number, ...chunks: string[]): Blob {
  const header = [0, 0, 0, 13, ...ascii('IHDR'), 0, 0, 0, 1, 0, 0, 0, 1, 8, colour, 0, 0, 0]
  const others = chunks.flatMap((type) => [0, 0, 0, 0, ...ascii(type), 9, 9, 9, 9])
  return blob([...ascii('\x89PNG\r\n\x1a\n'), ...header, 9, 9, 9, 9, ...others])
}

function webp(kind: string, ...content: number[]): Blob {
  return blob([...ascii('RIFF\0\0\0\0WEBP'), ...ascii(kind), content.length, 0, 0, 0, ...content])
}

test.each<[string, PictureFormat, Blob, boolean]>([
  ['a JPEG', 'jpeg', TURNED, true],
  ['a PNG in grey', 'png', png(0, 'IDAT'), true],
  ['a PNG with a palette', 'png', png(3, 'PLTE', 'IDAT'), true],
  ['a PNG with one transparent colour', 'png', png(2, 'tRNS', 'IDAT'), false],
  ['a PNG with alpha', 'png', png(6, 'IDAT'), false],
  ['a lossy WebP', 'webp', webp('VP8 ', 0, 0, 0, 0, 0, 0), true],
  ['a lossless WebP', 'webp', webp('VP8L', 0x2f, 0, 0, 0, 0, 0), true],
  ['a lossless WebP with alpha', 'webp', webp('VP8L', 0x2f, 0, 0, 0, 0x10, 0), false],
  ['an extended WebP', 'webp', webp('VP8X', 0x28, 0, 0, 0, 0, 0, 0, 0, 0, 0), true],
  ['an extended WebP with alpha', 'webp', webp('VP8X', 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0), false],
  ['an AVIF', 'avif', blob([]), false],
])(
  'whether colours of %s may be left to the browser is seen from its header',
  async (_, format, file, safe) => {
    inChromium()
    const [, options] = await thriftily(file, measured(format))
    expect(options.premultiplyAlpha === 'default').toBe(safe)
  },
)

test('elsewhere an upright file is decoded as it is', async () => {
  expect(await thriftily(TURNED, measured('jpeg'))).toEqual([TURNED, {}])
})

test('everywhere the browser hears nothing of how a file lies', async () => {
  const [file] = await thriftily(TURNED, measured('jpeg', 6))
  inChromium()
  const [other] = await thriftily(TURNED, measured('jpeg', 6))
  for (const one of [file, other])
    expect([...new Uint8Array(await one.arrayBuffer())]).toEqual([0xff, 0xd8, ...SCAN])
})
