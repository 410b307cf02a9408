/** A file from its first byte to its last, in pieces: the next is read while one is worked on. */
import { bytesOf } from '../bytes.ts'
import { Refused } from '../refusal.ts'

/** Large enough that asking costs nothing, small enough that two of them do not matter. */
const PIECE = 4 * 1024 * 1024

/** Raises: Refused 'vanished' when the file ends early: it is not the one that was chosen. */
export async function* piecesOf(file: Blob, size = PIECE): AsyncGenerator<Uint8Array> {
  let next = pieceAt(file, 0, size)
  for (let at = 0; at < file.size; at += size) {
    const piece = await next
    if (at + size < file.size) next = pieceAt(file, at + size, size)
    yield piece
  }
}

async function pieceAt(file: Blob, from: number, size: number): Promise<Uint8Array> {
  const bytes = await bytesOf(file, from, size)
  if (bytes.byteLength < Math.min(size, file.size - from)) throw new Refused('vanished')
  return new Uint8Array(bytes.buffer)
}
