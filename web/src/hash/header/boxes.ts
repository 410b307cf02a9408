/** The boxes of an ISO media file. Source: ISO/IEC 14496-12, 4.2. */
import { bytesOf, textAt } from '../bytes.ts'
import { Refused } from '../refusal.ts'

export interface Box {
  readonly type: string
  readonly content: DataView
}

const HEADER = 8
const LARGE_HEADER = 16
/** A box that describes pictures is far smaller; one that claims more would fill the memory. */
const LARGEST_BOX = 4e6
/** A picture has three of them at the top of the file, a sequence of pictures a few more. */
const MOST_BOXES = 1000

/**
 * The content of the first box of this type at the top of the file, without the others read.
 *
 * Raises: Refused 'unreadable' when there are more than enough others, RangeError when the file ends before it.
 */
export async function boxOf(file: Blob, type: string): Promise<DataView> {
  for (let at = 0, left = MOST_BOXES; left > 0; left--) {
    const header = await bytesOf(file, at, LARGE_HEADER)
    const { start, size } = extentOf(header, file.size - at)
    if (textAt(header, 4, 4) !== type) at += size
    else if (size > LARGEST_BOX) throw new Refused('unreadable')
    else return await bytesOf(file, at + start, size - start)
  }
  throw new Refused('unreadable')
}

/** The boxes that stand in `bytes` from `from` on, one after the other. */
export function boxesIn(bytes: DataView, from = 0): Box[] {
  const boxes = []
  for (let at = from; at + HEADER <= bytes.byteLength;) {
    const rest = part(bytes, at, bytes.byteLength - at)
    const { start, size } = extentOf(rest, rest.byteLength)
    boxes.push({ type: textAt(rest, 4, 4), content: part(rest, start, size - start) })
    at += size
  }
  return boxes
}

/** Where the content of a box begins, and how long all of it is. */
function extentOf(header: DataView, rest: number): { start: number; size: number } {
  const stated = header.getUint32(0)
  const large = stated === 1
  const start = large ? LARGE_HEADER : HEADER
  const size = stated === 0 ? rest : large ? Number(header.getBigUint64(8)) : stated
  if (size < start) throw new Refused('unreadable')
  return { start, size }
}

function part(bytes: DataView, at: number, length: number): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset + at, length)
}
