/** Source: GIF89a specification, 18: the canvas that all frames are drawn on. */
import { bytesOf } from '../bytes.ts'
import type { Dimensions } from '../dimensions.ts'

export async function gifDimensions(file: Blob): Promise<Dimensions> {
  const header = await bytesOf(file, 6, 4)
  return { width: header.getUint16(0, true), height: header.getUint16(2, true) }
}
