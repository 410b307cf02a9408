/** The blocks of a GIF file. Source: GIF89a specification, 18 to 24. */
import { bytesOf } from '../bytes.ts'
import type { Dimensions } from '../dimensions.ts'

const SCREEN = 13
const EXTENSION = 0x21
const FRAME = 0x2c

/**
 * The canvas that all frames are drawn on: as the file says, or larger if its first frame goes
 * beyond that. Source: Pillow, `GifImageFile._seek`, and Chromium, which do so, too.
 *
 * Raises: RangeError when there is no frame.
 */
export async function gifDimensions(file: Blob): Promise<Dimensions> {
  const screen = await bytesOf(file, 6, 4)
  const { left, top, width, height } = await gifFirstFrame(file)
  return {
    width: Math.max(screen.getUint16(0, true), left + width),
    height: Math.max(screen.getUint16(2, true), top + height),
  }
}

/** Where on the canvas the first frame lies. Raises: RangeError when there is none. */
export async function gifFirstFrame(
  file: Blob,
): Promise<Dimensions & { left: number; top: number }> {
  const frame = await bytesOf(file, await firstFrame(file), 9)
  return {
    left: frame.getUint16(1, true),
    top: frame.getUint16(3, true),
    width: frame.getUint16(5, true),
    height: frame.getUint16(7, true),
  }
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

/** There are a few before the first frame: a comment, the number of repetitions. */
const MOST_EXTENSIONS = 10_000

/** Where in the file its description begins. */
async function firstFrame(file: Blob): Promise<number> {
  const flags = (await bytesOf(file, 10, 1)).getUint8(0)
  let at = SCREEN + paletteSize(flags)
  for (let left = MOST_EXTENSIONS; left > 0; left--) {
    const kind = (await bytesOf(file, at, 1)).getUint8(0)
    if (kind === FRAME) return at
    if (kind !== EXTENSION) break
    at = await afterSubBlocks(file, at + 2)
  }
  throw new RangeError('no frame')
}

function paletteSize(flags: number): number {
  return flags & 0x80 ? 3 << ((flags & 7) + 1) : 0
}

/** How much is taken at a time of what is read ahead: a frame has a block for every 255 bytes. */
const PIECE = 4096

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
