/** Source: Windows BITMAPINFOHEADER and its longer successors; OS/2 BITMAPCOREHEADER. */
import { bytesOf } from '../bytes.ts'
import type { Dimensions } from '../dimensions.ts'

/** The second header of OS/2 1.x, with 16 bits a side. */
const CORE_HEADER = 12

export async function bmpDimensions(file: Blob): Promise<Dimensions> {
  const header = await bytesOf(file, 14, 12)
  if (header.getUint32(0, true) === CORE_HEADER)
    return { width: header.getUint16(4, true), height: header.getUint16(6, true) }
  // A negative height says that the rows begin at the top.
  return { width: header.getInt32(4, true), height: Math.abs(header.getInt32(8, true)) }
}
