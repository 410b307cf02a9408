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
  const tags = tagsOf(start)
  return tags.has(DNG_VERSION) || (tags.has(MAKE) && tags.has(SUB_DIRECTORIES))
}

/** The tags of the first directory, as far as it lies within the bytes at hand. */
function tagsOf(start: DataView): Set<number> {
  const little = textAt(start, 0, 2) === 'II'
  const tags = new Set<number>()
  if (start.byteLength < 8) return tags
  const directory = start.getUint32(4, little)
  if (directory + 2 > start.byteLength) return tags
  const end = directory + 2 + 12 * start.getUint16(directory, little)
  for (let at = directory + 2; at < Math.min(end, start.byteLength - 1); at += 12)
    tags.add(start.getUint16(at, little))
  return tags
}
