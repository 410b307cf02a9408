/** The blocks of a GIF file. Source: GIF89a specification, 18 to 24. */
import { bytesOf } from '../bytes.ts'
import type { Dimensions } from '../dimensions.ts'

const SCREEN = 13
const EXTENSION = 0x21
const FRAME = 0x2c

/** The canvas that all frames are drawn on. */
export async function gifDimensions(file: Blob): Promise<Dimensions> {
  const header = await bytesOf(file, 6, 4)
  return { width: header.getUint16(0, true), height: header.getUint16(2, true) }
}

/** Where on the canvas the first frame lies. Raises: RangeError when there is none. */
export async function gifFirstFrame(file: Blob): Promise<{ left: number; top: number }> {
  const flags = (await bytesOf(file, 10, 1)).getUint8(0)
  for (let at = SCREEN + (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0); ;) {
    const block = await bytesOf(file, at, 5)
    const kind = block.getUint8(0)
    if (kind === FRAME) return { left: block.getUint16(1, true), top: block.getUint16(3, true) }
    if (kind !== EXTENSION) throw new RangeError('no frame')
    at = await afterSubBlocks(file, at + 2)
  }
}

/** Each begins with its length; one without any ends them. */
async function afterSubBlocks(file: Blob, from: number): Promise<number> {
  for (let at = from; ;) {
    const length = (await bytesOf(file, at, 1)).getUint8(0)
    at += 1 + length
    if (length === 0) return at
  }
}
