/** The segments of a JPEG file before its first scan. Source: ITU-T T.81, B.1.1.3 and B.2.2. */
import { bytesOf } from '../bytes.ts'
import type { Dimensions } from '../dimensions.ts'
import { Refused } from '../refusal.ts'

interface Segment {
  readonly marker: number
  /** Where its content begins, and how long that is. */
  readonly start: number
  readonly length: number
}

const SCAN = 0xffda
const FILL = 0xff

/** What cameras and programs write takes a few hundred segments and a few megabytes at most. */
const MOST_SEGMENTS = 10_000
const LONGEST_HEADER = 32e6

/**
 * The segments up to the one that starts the first scan, which is the last.
 *
 * Raises: RangeError when the file ends before it, Refused 'unreadable' when something else comes
 * or there is no end to them.
 */
export async function* jpegSegments(file: Blob): AsyncGenerator<Segment> {
  for (let from = 2, left = MOST_SEGMENTS; left > 0 && from < LONGEST_HEADER; left--) {
    const at = await lastFill(file, from)
    const head = await bytesOf(file, at, 4)
    const marker = head.getUint16(0)
    if (marker < 0xff01) break
    // Readers take what is shorter than its own length for empty. Source: libjpeg, `skip_variable`.
    const length = Math.max(0, head.getUint16(2) - 2)
    yield { marker, start: at + 4, length }
    if (marker === SCAN) return
    from = at + 4 + length
  }
  throw new Refused('unreadable')
}

/** How much is looked through at a time. */
const PIECE_OF_FILL = 4096

/** Where the marker begins: any number of the bytes that it begins with may come before it. */
async function lastFill(file: Blob, from: number): Promise<number> {
  for (let at = from; at < LONGEST_HEADER; at += PIECE_OF_FILL) {
    const piece = new Uint8Array((await bytesOf(file, at, PIECE_OF_FILL)).buffer)
    const other = piece.findIndex((byte) => byte !== FILL)
    if (other >= 0 && at + other > from) return at + other - 1
    if (other === 0 || piece.length < PIECE_OF_FILL) break
  }
  throw new Refused('unreadable')
}

export async function jpegDimensions(file: Blob): Promise<Dimensions> {
  for await (const { marker, start } of jpegSegments(file)) {
    if (!startsFrame(marker)) continue
    const frame = await bytesOf(file, start, 5)
    return { height: frame.getUint16(1), width: frame.getUint16(3) }
  }
  throw new Refused('unreadable')
}

/** SOF0 to SOF15, without the three tables that sit between them. */
function startsFrame(marker: number): boolean {
  return marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)
}

/** How much of the end is looked through at a time. */
const PIECE = 65_536

/**
 * Whether the picture goes on to its end: not every browser minds where it breaks off.
 *
 * The end marker cannot occur within a scan; what cameras put behind it may be long.
 */
export async function isJpegWhole(file: Blob): Promise<boolean> {
  let scans = file.size
  for await (const { marker, start } of jpegSegments(file)) if (marker === SCAN) scans = start
  for (let end = file.size; end > scans; end -= PIECE - 1) {
    const from = Math.max(scans, end - PIECE)
    const piece = await bytesOf(file, from, end - from)
    for (let at = piece.byteLength - 2; at >= 0; at--)
      if (piece.getUint8(at) === 0xff && piece.getUint8(at + 1) === 0xd9) return true
  }
  return false
}
