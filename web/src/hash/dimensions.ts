/** A picture's size, read from its header: known before a bomb is unpacked. */
import { bytesOf, textAt } from './bytes.ts'
import type { Format } from './format.ts'
import { Refused } from './refusal.ts'

/** As stored: a rotation noted in the file is not applied. */
export interface Dimensions {
  width: number
  height: number
}

/**
 * The size that the header states.
 *
 * Raises: Refused 'unreadable' when the header is cut off or broken.
 */
export async function dimensionsOf(file: Blob, format: Format): Promise<Dimensions> {
  try {
    return await READERS[format](file)
  } catch (error) {
    if (error instanceof RangeError) throw new Refused('unreadable')
    throw error
  }
}

const READERS: Record<Format, (file: Blob) => Promise<Dimensions>> = {
  jpeg: jpegDimensions,
  png: pngDimensions,
  webp: webpDimensions,
}

/** Source: PNG specification, IHDR, which is always the first chunk. */
async function pngDimensions(file: Blob): Promise<Dimensions> {
  const header = await bytesOf(file, 16, 8)
  return { width: header.getUint32(0), height: header.getUint32(4) }
}

/**
 * Walk the segments to the one that starts a frame.
 * Source: ITU-T T.81, B.1.1.3 and B.2.2.
 */
async function jpegDimensions(file: Blob): Promise<Dimensions> {
  for (let at = 2; ;) {
    const segment = await bytesOf(file, at, 9)
    const marker = segment.getUint16(0)
    if (marker < 0xff01) throw new Refused('unreadable')
    if (startsFrame(marker)) return { height: segment.getUint16(5), width: segment.getUint16(7) }
    at += marker === FILL ? 1 : 2 + segment.getUint16(2)
  }
}

const FILL = 0xffff

/** SOF0 to SOF15, without the three tables that sit between them. */
function startsFrame(marker: number): boolean {
  return marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)
}

/** Source: RFC 9649, 2.5 to 2.7: three kinds of first chunk, each with its own header. */
async function webpDimensions(file: Blob): Promise<Dimensions> {
  const header = await bytesOf(file, 12, 18)
  switch (textAt(header, 0, 4)) {
    case 'VP8X':
      return { width: 1 + uint24(header, 12), height: 1 + uint24(header, 15) }
    case 'VP8L': {
      const bits = header.getUint32(9, true)
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) }
    }
    case 'VP8 ':
      return {
        width: header.getUint16(14, true) & 0x3fff,
        height: header.getUint16(16, true) & 0x3fff,
      }
    default:
      throw new Refused('unreadable')
  }
}

function uint24(bytes: DataView, at: number): number {
  return bytes.getUint16(at, true) | (bytes.getUint8(at + 2) << 16)
}
