/** The chunks of a PNG file. Source: PNG specification, 5.3; IHDR is always the first. */
import { bytesOf, textAt } from '../bytes.ts'
import type { Dimensions } from '../dimensions.ts'

export interface Chunk {
  readonly type: string
  /** Where its content begins, and how long that is. */
  readonly start: number
  readonly length: number
}

/** More than a picture of 100 megapixels has, in the smallest chunks that programs write. */
const MOST_CHUNKS = 100_000

/** The first ones of more than any picture has. Raises: RangeError when the file breaks off. */
export async function* pngChunks(file: Blob): AsyncGenerator<Chunk> {
  for (let at = 8, left = MOST_CHUNKS; at < file.size && left > 0; left--) {
    const head = await bytesOf(file, at, 8)
    const length = head.getUint32(0)
    yield { type: textAt(head, 4, 4), start: at + 8, length }
    at += 12 + length
  }
}

export async function pngDimensions(file: Blob): Promise<Dimensions> {
  const header = await bytesOf(file, 16, 8)
  return { width: header.getUint32(0), height: header.getUint32(4) }
}

/** The last chunk with its length and checksum, which are always the same. */
const END = '\0\0\0\0IEND\xae\x42\x60\x82'

/**
 * Whether the file goes on to its end: not every browser minds where it breaks off.
 *
 * Only where something follows the end, or lacks of it, all chunks have to be gone through.
 */
export async function isPngWhole(file: Blob): Promise<boolean> {
  const tail = await bytesOf(file, Math.max(0, file.size - END.length), END.length)
  if (textAt(tail, 0, END.length) === END) return true
  for await (const { type } of pngChunks(file)) if (type === 'IEND') return true
  return false
}
