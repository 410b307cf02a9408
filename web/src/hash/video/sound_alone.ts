/**
 * Files of sound in containers that are never looked into, by what their headers state.
 * Source: Adobe Flash Video File Format 10.1, E.2; Advanced Systems Format 1.2, 2.1, 3.3 and 9.1.
 */
import { bytesOf, textAt } from '../bytes.ts'

const FLV = 'FLV\x01'
const FLV_SOUND = 4
const FLV_PICTURES = 1

const ASF = '\x30\x26\xb2\x75\x8e\x66\xcf\x11'
/** The rest of the identifiers of kinds of streams is the same. */
const STREAM = '\x4d\x5b\xcf\x11\xa8\xfd\x00\x80\x5f\x5c\x44\x2b'
const ASF_SOUND = `\x40\x9e\x69\xf8${STREAM}`
const ASF_PICTURES = `\xc0\xef\x19\xbc${STREAM}`
/** An album's cover may come before the streams. */
const LONGEST_ASF_HEADER = 1e6

/** Whether it says that there is sound in it, and nothing to see. Raises: Refused 'vanished'. */
export async function statesSoundAlone(file: Blob): Promise<boolean> {
  const start = await bytesOf(file, 0, 24)
  if (textAt(start, 0, FLV.length) === FLV && start.byteLength > 4)
    return (start.getUint8(4) & (FLV_SOUND | FLV_PICTURES)) === FLV_SOUND
  if (start.byteLength < 24 || textAt(start, 0, ASF.length) !== ASF) return false
  const length = Math.min(start.getUint32(16, true), LONGEST_ASF_HEADER)
  const header = await bytesOf(file, 0, length)
  const streams = textAt(header, 0, header.byteLength)
  return streams.includes(ASF_SOUND) && !streams.includes(ASF_PICTURES)
}
