/**
 * Pictures and videos in boxes: MP4, MOV, 3GP, AVIF, HEIC and Canon's CR3 are told by brands.
 * Source: ISO/IEC 14496-12, 4.3; ISO/IEC 23008-12, annex B and 10; AV1 Image File Format, 6.
 */
import { textAt } from '../bytes.ts'
import type { Kind } from '../format.ts'

const AV1_PICTURES = ['avif', 'avis']
const HEVC_PICTURES = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs']
/** Say that it is a picture or a sequence of them, but not in which coding. */
const ANY_PICTURES = ['mif1', 'mif2', 'msf1', 'miaf']
const RAW = ['crx ']
/** Sound, and pictures that no browser here decodes. */
const NEITHER = ['M4A ', 'M4B ', 'M4P ', 'F4A ', 'jp2 ', 'jpx ', 'jxl ']
/** QuickTime files of old begin with any of these, without a word on their brand. */
const FIRST_BOXES = ['moov', 'mdat', 'wide', 'free', 'skip', 'pnot']

/** The kind of a file that begins with a box, undefined for any other. */
export function isoMediaKind(start: DataView): Kind | undefined {
  const box = textAt(start, 4, 4)
  if (FIRST_BOXES.includes(box)) return 'mp4'
  return box === 'ftyp' ? kindOfBrands(brandsOf(start)) : undefined
}

/** The major brand, then those that the file is compatible with. */
function brandsOf(start: DataView): string[] {
  const end = Math.min(start.getUint32(0), start.byteLength)
  const brands = [textAt(start, 8, 4)]
  for (let at = 16; at + 4 <= end; at += 4) brands.push(textAt(start, at, 4))
  return brands
}

/** The major brand decides; if it names no coding, the first compatible one that does. */
function kindOfBrands([major = '', ...compatible]: string[]): Kind {
  if (RAW.includes(major)) return 'raw'
  if (NEITHER.includes(major)) return 'unsupported'
  if (!ANY_PICTURES.includes(major)) return pictureOf(major) ?? 'mp4'
  return compatible.map(pictureOf).find((picture) => picture !== undefined) ?? 'heic'
}

function pictureOf(brand: string): 'avif' | 'heic' | undefined {
  if (AV1_PICTURES.includes(brand)) return 'avif'
  return HEVC_PICTURES.includes(brand) ? 'heic' : undefined
}
