/** Reads parts of a file that the person may delete or move at any moment. */
import { Refused } from './refusal.ts'

/** Each read asks another process, a millisecond at least; this much is no slower than one byte. */
const AHEAD = 65_536

/** What was read last, and from where: headers are read on and on, a few bytes at a time. */
let last:
  { readonly file: Blob; readonly from: number; readonly bytes: DataView<ArrayBuffer> } | undefined

/**
 * The bytes from `from` on, at most `length` of them; fewer where the file ends, none for a
 * length below zero.
 *
 * Raises: Refused 'vanished' when the file can no longer be read.
 */
export async function bytesOf(file: Blob, from: number, length: number): Promise<DataView> {
  if (length >= AHEAD) return await readNow(file, from, length)
  if (length <= 0) return new DataView(new ArrayBuffer(0))
  const end = Math.min(from + length, file.size)
  if (last?.file !== file || from < last.from || end > last.from + last.bytes.byteLength)
    last = { file, from, bytes: await readNow(file, from, AHEAD) }
  return partOf(last.bytes, from - last.from, length)
}

/** A copy: whoever has it has nothing else in its buffer. */
function partOf({ buffer }: DataView<ArrayBuffer>, from: number, length: number): DataView {
  return new DataView(buffer.slice(from, from + length))
}

/** Raises: Refused 'vanished' when the file can no longer be read, whatever was read before. */
export async function refuseVanished(file: Blob): Promise<void> {
  await readNow(file, Math.max(0, file.size - 1), 1)
}

async function readNow(file: Blob, from: number, length: number): Promise<DataView<ArrayBuffer>> {
  try {
    const bytes = await file.slice(from, from + length).arrayBuffer()
    // A part of a deleted file reads as empty in Chromium; only the whole of it fails.
    if (bytes.byteLength === 0 && file.size === 0) await file.arrayBuffer()
    return new DataView(bytes)
  } catch {
    throw new Refused('vanished')
  }
}

/** The text of `length` bytes, one character a byte. */
export function textAt(bytes: DataView, at: number, length: number): string {
  if (at + length > bytes.byteLength) return ''
  return Array.from({ length }, (_, i) => String.fromCharCode(bytes.getUint8(at + i))).join('')
}
