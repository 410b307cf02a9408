/** The chunks of a PNG file. Source: PNG specification, 5.3; IHDR is always the first. */
import { bytesOf, textAt } from '../bytes.ts'
import type { Dimensions } from '../dimensions.ts'

export interface Chunk {
  readonly type: string
  /** Where its content begins, and how long that is. */
  readonly start: number
  readonly length: number
}

/** Raises: RangeError when the file ends without saying so. */
export async function* pngChunks(file: Blob): AsyncGenerator<Chunk> {
  for (let at = 8; at < file.size;) {
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

/** Enough for what some programs put behind the end. */
const TAIL = 65_536

/** Whether the file goes on to its end: not every browser minds where it breaks off. */
export async function isPngWhole(file: Blob): Promise<boolean> {
  const tail = await bytesOf(file, Math.max(0, file.size - TAIL), TAIL)
  return textAt(tail, 0, tail.byteLength).includes('IEND')
}
