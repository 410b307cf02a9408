/** Reads a part of a file that the person may delete or move at any moment. */
import { Refused } from './refusal.ts'

/**
 * The bytes from `from` on, at most `length` of them; fewer where the file ends.
 *
 * Raises: Refused 'vanished' when the file can no longer be read.
 */
export async function bytesOf(file: Blob, from: number, length: number): Promise<DataView> {
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
