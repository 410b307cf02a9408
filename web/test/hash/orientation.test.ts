/** How a picture lies in its file, by what each format says of it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PictureFormat } from '../../src/hash/format.ts'
import {
  liesOnASide,
  orientationOf,
  undoing,
  type Orientation,
} from '../../src/hash/picture/orientation.ts'
import { ascii, blob, box } from './bytes.ts'

const ALL: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8]
const MARK = ascii('Exif\0\0')

const SHORT = 3

/** A TIFF block of one directory with a foreign tag before the orientation. */
function exif(orientation: number, little: boolean, type = SHORT, count = 1): number[] {
  const bytes = (value: number, length: number): number[] => {
    const big = Array.from({ length }, (_, i) => (value >> (8 * (length - 1 - i))) & 255)
    return little ? big.reverse() : big
  }
  const width = { 1: 1, 4: 4, 9: 4 }[type] ?? 2
  const values = [...bytes(orientation, width), 0, 0, 0].slice(0, 4)
  const foreign = [...bytes(0x0100, 2), ...bytes(SHORT, 2), ...bytes(1, 4), ...bytes(7, 2), 0, 0]
  const own = [...bytes(0x0112, 2), ...bytes(type, 2), ...bytes(count, 4), ...values]
  const start = [...ascii(little ? 'II' : 'MM'), ...bytes(42, 2), ...bytes(8, 4)]
  return [...start, ...bytes(2, 2), ...foreign, ...own]
}

function jpeg(block: number[]): Blob {
  const other = [0xff, 0xe1, 0, 8, ...ascii('http:/')]
  const segment = [0xff, 0xe1, 0, 2 + block.length, ...block]
  return blob([0xff, 0xd8, ...other, ...segment, 0xff, 0xda, 0, 2])
}

function png(block: number[]): Blob {
  const chunk = (type: string, content: number[]): number[] => [
    ...[0, 0, 0, content.length, ...ascii(type), ...content],
    ...[0, 0, 0, 0],
  ]
  const chunks = [...chunk('IHDR', Array<number>(13).fill(0)), ...chunk('eXIf', block)]
  return blob([...ascii('\x89PNG\r\n\x1a\n'), ...chunks, ...chunk('IDAT', [])])
}

function webp(block: number[]): Blob {
  const odd = [...ascii('VP8X'), 3, 0, 0, 0, 1, 2, 3, 0]
  const own = [...ascii('EXIF'), block.length, 0, 0, 0, ...block]
  return blob([...ascii('RIFF\0\0\0\0WEBP'), ...odd, ...own])
}

/** `rotated` in quarter turns anticlockwise; an axis of 0 mirrors top to bottom, 1 left to right. */
function avif(rotated: number, axis?: 0 | 1): Blob {
  const properties = [...box('irot', rotated), ...(axis === undefined ? [] : box('imir', axis))]
  const owners = box('ipma', 0, 0, 0, 0, 0, 0, 0, 1, 0, 7, 2, 0x81, 0x82)
  const item = box('pitm', 0, 0, 0, 0, 0, 7)
  const known = box('iprp', ...box('ipco', ...properties), ...owners)
  return blob(box('meta', 0, 0, 0, 0, ...item, ...known))
}

describe.each([
  ['jpeg', (block: number[]) => jpeg([...MARK, ...block])],
  ['png', png],
  ['webp', webp],
] as const)('the orientation of a %s', (format, file) => {
  test.each(ALL)('%i is read from its EXIF block, in either byte order', async (orientation) => {
    expect(await orientationOf(file(exif(orientation, true)), format)).toBe(orientation)
    expect(await orientationOf(file(exif(orientation, false)), format)).toBe(orientation)
  })

  test.each([
    ['LONG', 4, 1],
    ['SSHORT', 8, 1],
    ['SLONG', 9, 1],
    ['two SHORTs', 3, 2],
  ])('is read where it is a %s', async (_, type, count) => {
    for (const little of [true, false])
      expect(await orientationOf(file(exif(6, little, type, count)), format)).toBe(6)
  })

  test.each([
    ['BYTE', 1, 1],
    ['text', 2, 2],
    ['SHORT without a value', 3, 0],
    ['row of SHORTs beyond the block', 3, 3],
  ])('is upright where it is a %s', async (_, type, count) => {
    for (const little of [true, false])
      expect(await orientationOf(file(exif(6, little, type, count)), format)).toBe(1)
  })

  test.each([0, 9, 65_535])('is upright where it says %i, which means nothing', async (said) => {
    expect(await orientationOf(file(exif(said, true)), format)).toBe(1)
  })

  test('is upright where the block breaks off', async () => {
    for (let length = 0; length < 32; length++)
      expect(await orientationOf(file(exif(6, true).slice(0, length)), format)).toBe(1)
  })
})

test.each([
  ['png', png],
  ['webp', webp],
] as const)(
  'the mark of a JPEG segment before the block of a %s is passed over',
  async (format, file) => {
    expect(await orientationOf(file([...MARK, ...exif(5, false)]), format)).toBe(5)
  },
)

test('the orientation of an AVIF is what its turns and its mirror make together', async () => {
  const read = (rotated: number, axis?: 0 | 1): Promise<Orientation> =>
    orientationOf(avif(rotated, axis), 'avif')
  expect(await Promise.all([0, 1, 2, 3].map((turns) => read(turns)))).toEqual([1, 8, 3, 6])
  expect(await Promise.all([0, 1, 2, 3].map((turns) => read(turns, 1)))).toEqual([2, 7, 4, 5])
  expect(await Promise.all([0, 1, 2, 3].map((turns) => read(turns, 0)))).toEqual([4, 5, 2, 7])
})

test('a GIF, a BMP and a HEIC are upright as far as the page has to know', async () => {
  for (const format of ['gif', 'bmp', 'heic'] as const)
    expect(await orientationOf(jpeg([...MARK, ...exif(6, true)]), format)).toBe(1)
})

test('any other bytes are upright or refused, never stumbled over', async () => {
  const formats = fc.constantFrom<PictureFormat>('png', 'webp', 'gif', 'bmp')
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), formats, async (noise, format) => {
      expect(ALL).toContain(await orientationOf(blob([...noise]), format))
    }),
  )
})

test('undoing an orientation twice is doing it, and what lies on a side still does', () => {
  for (const orientation of ALL) {
    expect(undoing(undoing(orientation))).toBe(orientation)
    expect(liesOnASide(undoing(orientation))).toBe(liesOnASide(orientation))
  }
  expect([undoing(6), undoing(8), undoing(5)]).toEqual([8, 6, 5])
})
