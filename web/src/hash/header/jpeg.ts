/** The segments of a JPEG file before its first scan. Source: ITU-T T.81, B.1.1.3 and B.2.2. */
import { bytesOf } from '../bytes.ts'
import type { Dimensions } from '../dimensions.ts'
import { Refused } from '../refusal.ts'

/** Walk the segments to the one that starts a frame. */
export async function jpegDimensions(file: Blob): Promise<Dimensions> {
  for (let at = 2; ;) {
    const segment = await bytesOf(file, at, 9)
    const marker = segment.getUint16(0)
    if (marker < 0xff01) throw new Refused('unreadable')
    if (startsFrame(marker)) return { height: segment.getUint16(5), width: segment.getUint16(7) }
    at += marker === FILL ? 1 : 2 + segment.getUint16(2)
  }
}

const FILL = 0xffff

/** SOF0 to SOF15, without the three tables that sit between them. */
function startsFrame(marker: number): boolean {
  return marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)
}
