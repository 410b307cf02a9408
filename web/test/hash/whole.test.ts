/** Files that break off are told from whole ones by their own structure. */
import { describe, expect, test } from 'vitest'
import type { PictureFormat } from '../../src/hash/format.ts'
import { refuseCut } from '../../src/hash/picture/whole.ts'
import { ascii, blob } from './bytes.ts'

const TABLES = [0xff, 0xdb, 0, 4, 0xff, 0xd9]
const SCAN = [0xff, 0xda, 0, 4, 1, 2, 10, 20, 0xff, 0, 30]
const JPEG = [0xff, 0xd8, ...TABLES, ...SCAN, 0xff, 0xd9]
const PNG_END = ascii('\0\0\0\0IEND\xae\x42\x60\x82')
/** A comment with what looks like an end. */
const PNG_START = ascii('\x89PNG\r\n\x1a\n\0\0\0\x0atEXtA\0\0\0\0\0IEND....')
const PNG = [...PNG_START, ...PNG_END]
const WEBP = [...ascii('RIFF'), 12, 0, 0, 0, ...ascii('WEBPVP8 abcd')]
const SCREEN = [...ascii('GIF89a'), 4, 0, 4, 0, 0x80, 0, 0, ...Array<number>(6).fill(9)]
const COMMENT = [0x21, 0xfe, 3, ...ascii('abc'), 0]
const FRAME = [0x2c, 0, 0, 0, 0, 4, 0, 4, 0, 0, 2, 2, 0x44, 1, 1, 5, 0]
const GIF = [...SCREEN, ...COMMENT, ...FRAME]
/** Three rows of two pixels, each row filled up to 8 bytes. */
const BMP = [...bmpHeader(2, 3, 24), ...Array<number>(24).fill(9)]

function bmpHeader(width: number, height: number, depth: number): number[] {
  const file = [...ascii('BM'), 0, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0]
  const size = [40, 0, 0, 0, width, 0, 0, 0, height, height < 0 ? 255 : 0, 0, 0]
  if (height < 0) size.splice(10, 2, 255, 255)
  return [...file, ...size, 1, 0, depth, 0, ...Array<number>(24).fill(0)]
}

describe.each<[PictureFormat, number[]]>([
  ['jpeg', JPEG],
  ['png', PNG],
  ['webp', WEBP],
  ['gif', GIF],
  ['bmp', BMP],
])('a %s', (format, bytes) => {
  test('that is whole is let through', async () => {
    await expect(refuseCut(blob(bytes), format)).resolves.toBeUndefined()
  })

  test('with something behind its end is let through', async () => {
    await expect(refuseCut(blob([...bytes, 1, 2, 3]), format)).resolves.toBeUndefined()
  })

  test('that breaks off is unreadable', async () => {
    const cut = blob(bytes.slice(0, -5))
    await expect(refuseCut(cut, format)).rejects.toMatchObject({ reason: 'unreadable' })
  })
})

test('an end marker of a JPEG within a table is not its end', async () => {
  const cut = blob(JPEG.slice(0, -2))
  await expect(refuseCut(cut, 'jpeg')).rejects.toMatchObject({ reason: 'unreadable' })
})

test('the end of a JPEG is found behind which a camera put a video', async () => {
  const long = blob([...JPEG, ...Array<number>(200_000).fill(7)])
  await expect(refuseCut(long, 'jpeg')).resolves.toBeUndefined()
})

test('the end of a PNG is found however much stands behind it', async () => {
  const long = blob([...PNG, ...Array<number>(200_000).fill(7)])
  await expect(refuseCut(long, 'png')).resolves.toBeUndefined()
})

test('what looks like the end of a PNG within a chunk is not its end', async () => {
  const cut = blob([...PNG_START, 0, 0, 1, 0, ...ascii('IDAT'), ...ascii('IEND')])
  await expect(refuseCut(cut, 'png')).rejects.toMatchObject({ reason: 'unreadable' })
})

test('a GIF whose second frame breaks off is let through: the first one is hashed', async () => {
  await expect(refuseCut(blob([...GIF, ...FRAME.slice(0, 12)]), 'gif')).resolves.toBeUndefined()
})

test('a GIF with a frame of many blocks is followed to its end', async () => {
  const blocks = Array.from({ length: 900 }, () => [255, ...Array<number>(255).fill(1)]).flat()
  const start = [...SCREEN, ...FRAME.slice(0, 11), ...blocks]
  await expect(refuseCut(blob([...start, 0]), 'gif')).resolves.toBeUndefined()
  await expect(refuseCut(blob(start), 'gif')).rejects.toMatchObject({ reason: 'unreadable' })
})

test('the rows of a BMP count whether they begin at the bottom or at the top', async () => {
  const rows = Array<number>(24).fill(9)
  const top = [...bmpHeader(2, -3, 24), ...rows]
  await expect(refuseCut(blob(top), 'bmp')).resolves.toBeUndefined()
  await expect(refuseCut(blob(top.slice(0, -1)), 'bmp')).rejects.toMatchObject({
    reason: 'unreadable',
  })
})
