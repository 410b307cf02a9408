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
  const frame = await bytesOf(file, await firstFrame(file), 5)
  return { left: frame.getUint16(1, true), top: frame.getUint16(3, true) }
}

/**
 * Whether the first frame goes on to its end: Firefox shows one that breaks off. What comes after
 * it is not hashed, and may be missing.
 *
 * Raises: RangeError when it breaks off.
 */
export async function isGifWhole(file: Blob): Promise<boolean> {
  const frame = await firstFrame(file)
  const flags = (await bytesOf(file, frame + 9, 1)).getUint8(0)
  // Behind the palette one byte says how the pixels are packed.
  await afterSubBlocks(file, frame + 10 + paletteSize(flags) + 1)
  return true
}

/** Where in the file its description begins. */
async function firstFrame(file: Blob): Promise<number> {
  const flags = (await bytesOf(file, 10, 1)).getUint8(0)
  for (let at = SCREEN + paletteSize(flags); ;) {
    const kind = (await bytesOf(file, at, 1)).getUint8(0)
    if (kind === FRAME) return at
    if (kind !== EXTENSION) throw new RangeError('no frame')
    at = await afterSubBlocks(file, at + 2)
  }
}

function paletteSize(flags: number): number {
  return flags & 0x80 ? 3 << ((flags & 7) + 1) : 0
}

/** How much is read at a time: a frame has a block for every 255 bytes. */
const PIECE = 65_536

/** Each begins with its length; one without any ends them. */
async function afterSubBlocks(file: Blob, from: number): Promise<number> {
  for (let start = from; ;) {
    const piece = await bytesOf(file, start, PIECE)
    let at = 0
    do {
      const length = piece.getUint8(at)
      at += 1 + length
      if (length === 0) return start + at
    } while (at < piece.byteLength)
    start += at
  }
}
