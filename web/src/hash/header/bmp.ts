/** Source: Windows BITMAPINFOHEADER and its longer successors; OS/2 BITMAPCOREHEADER. */
import { bytesOf } from '../bytes.ts'
import type { Dimensions } from '../dimensions.ts'

/** The second header of OS/2 1.x, with 16 bits a side. */
const CORE_HEADER = 12

/** Ways to pack rows, 8 and 4 bits a pixel, after which their length is not known beforehand. */
const RUN_LENGTHS = [1, 2]

export async function bmpDimensions(file: Blob): Promise<Dimensions> {
  return dimensionsIn(await bytesOf(file, 0, 26))
}

function dimensionsIn(header: DataView): Dimensions {
  if (isCore(header))
    return { width: header.getUint16(18, true), height: header.getUint16(20, true) }
  // A negative height says that the rows begin at the top.
  return { width: header.getInt32(18, true), height: Math.abs(header.getInt32(22, true)) }
}

function isCore(header: DataView): boolean {
  return header.getUint32(14, true) === CORE_HEADER
}

/** Whether all rows are there: Firefox leaves out what is missing. */
export async function isBmpWhole(file: Blob): Promise<boolean> {
  const header = await bytesOf(file, 0, 38)
  return header.getUint32(10, true) + lengthOfRows(header) <= file.size
}

/** In bytes; each row is filled up to four. */
function lengthOfRows(header: DataView): number {
  const { width, height } = dimensionsIn(header)
  if (isCore(header)) return 4 * Math.ceil((width * header.getUint16(24, true)) / 32) * height
  if (RUN_LENGTHS.includes(header.getUint32(30, true))) return header.getUint32(34, true)
  return 4 * Math.ceil((width * header.getUint16(28, true)) / 32) * height
}
