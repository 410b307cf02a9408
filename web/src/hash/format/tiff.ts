/**
 * TIFF, and the raw files of cameras that are built like one.
 * Source: TIFF 6.0, section 2; Adobe DNG 1.7; TIFF/EP (ISO 12234-2), which the others follow.
 */
import { textAt } from '../bytes.ts'
import type { Kind } from '../format.ts'

const BYTE_ORDERS = ['II*\0', 'MM\0*', 'II+\0', 'MM\0+']

const MAKE = 0x010f
const SUB_DIRECTORIES = 0x014a
const DNG_VERSION = 0xc612

/** The kind of a file that begins as a TIFF does, undefined for any other. */
export function tiffKind(start: DataView): Kind | undefined {
  if (!BYTE_ORDERS.includes(textAt(start, 0, 4))) return undefined
  return isRaw(start) ? 'raw' : 'tiff'
}

/** A camera puts a small picture first and hangs the raw one below it. */
function isRaw(start: DataView): boolean {
  if (textAt(start, 8, 2) === 'CR') return true
  const tags = directoryOf(start) ?? new Map<number, number>()
  return tags.has(DNG_VERSION) || (tags.has(MAKE) && tags.has(SUB_DIRECTORIES))
}

/** Where the entry of each tag of the first directory begins, as far as it lies within these bytes. */
export function directoryOf(tiff: DataView): Map<number, number> | undefined {
  if (!BYTE_ORDERS.includes(textAt(tiff, 0, 4)) || tiff.byteLength < 8) return undefined
  const little = textAt(tiff, 0, 2) === 'II'
  const entries = new Map<number, number>()
  const directory = tiff.getUint32(4, little)
  if (directory + 2 > tiff.byteLength) return entries
  const end = directory + 2 + 12 * tiff.getUint16(directory, little)
  for (let at = directory + 2; at < Math.min(end, tiff.byteLength - 1); at += 12)
    entries.set(tiff.getUint16(at, little), at)
  return entries
}
