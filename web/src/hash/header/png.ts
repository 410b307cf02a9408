/** Source: PNG specification, IHDR, which is always the first chunk. */
import { bytesOf } from '../bytes.ts'
import type { Dimensions } from '../dimensions.ts'

export async function pngDimensions(file: Blob): Promise<Dimensions> {
  const header = await bytesOf(file, 16, 8)
  return { width: header.getUint32(0), height: header.getUint32(4) }
}
