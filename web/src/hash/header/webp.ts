/** The chunks of a WebP file. Source: RFC 9649, 2.3 to 2.7. */
import { bytesOf, textAt } from '../bytes.ts'
import type { Dimensions } from '../dimensions.ts'
import { Refused } from '../refusal.ts'
import type { Chunk } from './png.ts'

/** A longer animation is followed no further: its first frame and what it says come first. */
const MOST_CHUNKS = 10_000

/** Raises: RangeError when a chunk's header is cut off. */
export async function* webpChunks(file: Blob): AsyncGenerator<Chunk> {
  for (let at = 12, left = MOST_CHUNKS; at < file.size && left > 0; left--) {
    const head = await bytesOf(file, at, 8)
    const length = head.getUint32(4, true)
    yield { type: textAt(head, 0, 4), start: at + 8, length }
    at += 8 + length + (length % 2)
  }
}

/**
 * Whether the file is as long as it says: not every browser minds where it breaks off. The
 * reference refuses one that lacks as little as the byte that fills up its last chunk.
 */
export async function isWebpWhole(file: Blob): Promise<boolean> {
  return (await bytesOf(file, 4, 4)).getUint32(0, true) + 8 <= file.size
}

/** There are three kinds of first chunk, each with its own header. */
export async function webpDimensions(file: Blob): Promise<Dimensions> {
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
