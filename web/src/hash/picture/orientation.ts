/**
 * How a picture lies in its file, by the eight numbers that EXIF has for it.
 * Source: Exif 3.0, 4.6.5, tag Orientation.
 */
import { bytesOf, textAt } from '../bytes.ts'
import type { PictureFormat } from '../format.ts'
import { primaryProperties } from '../header/primary_item.ts'
import { directoryOf } from '../format/tiff.ts'
import { jpegSegments } from '../header/jpeg.ts'
import { pngChunks } from '../header/png.ts'
import { webpChunks } from '../header/webp.ts'

/** 1 is upright; 2 to 4 are mirrored or upside down; 5 to 8 lie on a side. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

/** The orientation that undoes this one. */
export function undoing(orientation: Orientation): Orientation {
  if (orientation === 6) return 8
  return orientation === 8 ? 6 : orientation
}

export function liesOnASide(orientation: Orientation): boolean {
  return orientation > 4
}

/** What the file says; 1 where it says nothing, or nothing that makes sense. */
export async function orientationOf(file: Blob, format: PictureFormat): Promise<Orientation> {
  try {
    return (await READERS[format]?.(file)) ?? 1
  } catch (error) {
    if (error instanceof RangeError) return 1
    throw error
  }
}

/** HEIC is turned by its decoder, which tells; the other formats cannot say. */
const READERS: Partial<Record<PictureFormat, (file: Blob) => Promise<Orientation>>> = {
  jpeg: jpegOrientation,
  png: pngOrientation,
  webp: webpOrientation,
  avif: avifOrientation,
}

const TAG = 0x0112
const EXIF_MARKER = 0xffe1
const EXIF = 'Exif\0\0'
/** As long as a JPEG segment can be: no EXIF block is longer. */
const LONGEST = 65_533

async function jpegOrientation(file: Blob): Promise<Orientation> {
  for await (const { marker, start, length } of jpegSegments(file)) {
    if (marker !== EXIF_MARKER) continue
    const exif = await bytesOf(file, start, length)
    if (textAt(exif, 0, EXIF.length) === EXIF) return inExif(exif)
  }
  return 1
}

async function pngOrientation(file: Blob): Promise<Orientation> {
  for await (const { type, start, length } of pngChunks(file)) {
    if (type === 'IDAT') break
    if (type === 'eXIf') return inExif(await bytesOf(file, start, Math.min(length, LONGEST)))
  }
  return 1
}

async function webpOrientation(file: Blob): Promise<Orientation> {
  for await (const { type, start, length } of webpChunks(file)) {
    if (type === 'EXIF') return inExif(await bytesOf(file, start, Math.min(length, LONGEST)))
  }
  return 1
}

/** Some writers put the mark of a JPEG segment before the block in other formats too. */
function inExif(exif: DataView): Orientation {
  const marked = textAt(exif, 0, EXIF.length) === EXIF
  const tiff = marked ? new DataView(exif.buffer, exif.byteOffset + EXIF.length) : exif
  const entry = directoryOf(tiff)?.get(TAG)
  if (entry === undefined) return 1
  const stated = wholeNumber(tiff, entry)
  return isOrientation(stated) ? stated : 1
}

/** Bytes of the types that hold whole numbers, with a sign and without. Source: TIFF 6.0, section 2. */
const WIDTHS = new Map([
  [3, 2],
  [4, 4],
  [8, 2],
  [9, 4],
])

/**
 * The first value of an entry, 0 where it is of another type. It should be one SHORT; Pillow and
 * most viewers take others as well, and the browsers' decoders do not.
 */
function wholeNumber(tiff: DataView, entry: number): number {
  const little = textAt(tiff, 0, 2) === 'II'
  const width = WIDTHS.get(tiff.getUint16(entry + 2, little)) ?? 0
  const length = width * tiff.getUint32(entry + 4, little)
  if (length === 0) return 0
  const at = length <= 4 ? entry + 8 : tiff.getUint32(entry + 8, little)
  return width === 2 ? tiff.getUint16(at, little) : tiff.getUint32(at, little)
}

function isOrientation(number: number): number is Orientation {
  return number >= 1 && number <= 8
}

/**
 * A quarter turn anticlockwise for each step, and then a mirror.
 * Source: ISO/IEC 23008-12, 6.5.10 and 6.5.12.
 */
async function avifOrientation(file: Blob): Promise<Orientation> {
  const properties = await primaryProperties(file)
  const byteOf = (type: string): number | undefined =>
    properties.find((property) => property.type === type)?.content.getUint8(0)
  const turns = (byteOf('irot') ?? 0) & 3
  const axis = byteOf('imir')
  return AVIF[axis === undefined ? 'plain' : axis & 1 ? 'sideways' : 'upended'][turns] ?? 1
}

const AVIF: Record<'plain' | 'sideways' | 'upended', readonly Orientation[]> = {
  plain: [1, 8, 3, 6],
  sideways: [2, 7, 4, 5],
  upended: [4, 5, 2, 7],
}
