/** Files without what they say of their colours and of how they lie. */
import { expect, test } from 'vitest'
import type { PictureFormat } from '../../src/hash/format.ts'
import { stripped } from '../../src/hash/picture/stripped.ts'
import { ascii, blob } from './bytes.ts'

const START = [0xff, 0xd8]
const EXIF = [0xff, 0xe1, 0, 8, ...ascii('Exif\0\0')]
const XMP = [0xff, 0xe1, 0, 8, ...ascii('http:/')]
const PROFILE = [0xff, 0xe2, 0, 18, ...ascii('ICC_PROFILE\0'), 1, 2, 3, 4]
const PANORAMA = [0xff, 0xe2, 0, 6, ...ascii('MPF\0')]
const SCAN = [0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xe2, 0xff, 0xd9]

const SIGNATURE = [...ascii('\x89PNG\r\n\x1a\n')]
const chunk = (type: string): number[] => [0, 0, 0, 2, ...ascii(type), 1, 2, 9, 9, 9, 9]

const part = (type: string): number[] => [...ascii(type), 3, 0, 0, 0, 1, 2, 3, 0]
const RIFF = ascii('RIFF\0\0\0\0WEBP')

async function left(file: number[], format: PictureFormat): Promise<number[]> {
  return [...new Uint8Array(await (await stripped(blob(file), format)).arrayBuffer())]
}

test('of a JPEG all parts of its profile and all of its EXIF are left out, and nothing else', async () => {
  const whole = [...START, ...PROFILE, ...EXIF, ...XMP, ...PROFILE, ...PANORAMA, ...EXIF, ...SCAN]
  expect(await left(whole, 'jpeg')).toEqual([...START, ...XMP, ...PANORAMA, ...SCAN])
})

test('of a PNG all that is said of colours and of how it lies is left out, and nothing else', async () => {
  const said = ['gAMA', 'cHRM', 'sRGB', 'iCCP', 'cICP', 'eXIf'].flatMap(chunk)
  const kept = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'].flatMap(chunk)
  const whole = [...SIGNATURE, ...chunk('IHDR'), ...said, ...kept.slice(chunk('IHDR').length)]
  expect(await left(whole, 'png')).toEqual([...SIGNATURE, ...kept])
})

test('in a WebP it becomes of a kind that nobody knows, so that all lengths hold', async () => {
  const whole = ['VP8X', 'ICCP', 'VP8 ', 'EXIF', 'XMP '].flatMap(part)
  const after = ['VP8X', 'none', 'VP8 ', 'none', 'XMP '].flatMap(part)
  expect(await left([...RIFF, ...whole], 'webp')).toEqual([...RIFF, ...after])
})

test('a file that says nothing is taken as it is', async () => {
  const whole = blob([...START, ...XMP, ...SCAN])
  expect(await stripped(whole, 'jpeg')).toBe(whole)
  expect(await stripped(whole, 'gif')).toBe(whole)
})
