/** Source: RFC 9649, 2.5 to 2.7: three kinds of first chunk, each with its own header. */
import { bytesOf, textAt } from '../bytes.ts'
import type { Dimensions } from '../dimensions.ts'
import { Refused } from '../refusal.ts'

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
