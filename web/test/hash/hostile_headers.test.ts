/** Files that are made to keep a reader of headers busy: each byte is read a few times at most. */
import { expect, test, vi } from 'vitest'
import { dimensionsOf } from '../../src/hash/dimensions.ts'
import type { PictureFormat } from '../../src/hash/format.ts'
import { orientationOf } from '../../src/hash/picture/orientation.ts'
import { refuseCut } from '../../src/hash/picture/whole.ts'
import { ascii } from './bytes.ts'

const SIZE = 3_000_000
const AHEAD = 65_536

/** A file of this size: the start, then the same over and over. */
function endless(start: string, again: readonly number[]): Blob {
  const bytes = Uint8Array.from({ length: SIZE }, (_, i) => again[i % again.length] ?? 0)
  return new Blob([Uint8Array.from(ascii(start)), bytes])
}

const SCREEN = 'GIF89a\x04\0\x04\0\0\0\0'

test.each<[string, PictureFormat, Blob]>([
  ['a JPEG of bytes that fill', 'jpeg', endless('\xff\xd8', [0xff])],
  ['a JPEG of empty segments', 'jpeg', endless('\xff\xd8', [0xff, 0xfe, 0, 2])],
  ['a JPEG of segments shorter than themselves', 'jpeg', endless('\xff\xd8', [255, 254, 0, 0])],
  ['a HEIC of empty boxes', 'heic', endless('', [0, 0, 0, 8, ...ascii('free')])],
  ['a GIF of extensions', 'gif', endless(SCREEN, [0x21, 0xf9, 0])],
  ['a GIF of one long extension', 'gif', endless(`${SCREEN}!\xfe`, [1])],
  [
    'a PNG of empty chunks',
    'png',
    endless('\x89PNG\r\n\x1a\n', [0, 0, 0, 0, ...ascii('tEXtabcd')]),
  ],
  [
    'a WebP of empty chunks',
    'webp',
    endless('RIFF\xff\xff\xff\x7fWEBP', [...ascii('EXIX'), 0, 0, 0, 0]),
  ],
])('%s is refused, and read a few times at most', async (_, format, file) => {
  const read = vi.spyOn(file, 'slice')
  await expect(measured(file, format)).rejects.toMatchObject({ reason: 'unreadable' })
  expect(read.mock.calls.length).toBeLessThan((4 * SIZE) / AHEAD)
})

async function measured(file: Blob, format: PictureFormat): Promise<void> {
  await orientationOf(file, format).catch(() => undefined)
  await refuseCut(file, format)
  await dimensionsOf(file, format)
}

test('bytes that fill are passed over where a picture follows', async () => {
  const fill = new Uint8Array(SIZE).fill(0xff)
  const frame = Uint8Array.of(0xff, 0xc0, 0, 11, 8, 0, 3, 0, 4)
  const file = new Blob([Uint8Array.of(0xff, 0xd8), fill, frame])
  expect(await dimensionsOf(file, 'jpeg')).toEqual({ width: 4, height: 3 })
})
