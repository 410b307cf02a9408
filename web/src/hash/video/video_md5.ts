/** VideoMD5: the MD5 of a whole file of any size, a few megabytes of it in memory at a time. */
import { createMD5 } from 'hash-wasm'
import type { Course, Yield } from '../algorithm.ts'
import { piecesOf } from './pieces.ts'

/** Raises: Refused 'vanished'. */
export async function videoMd5(file: File, course: Course): Promise<Yield> {
  const md5 = await createMD5()
  let done = 0
  for await (const piece of piecesOf(file)) {
    md5.update(piece)
    done += piece.length
    course.progress(done / file.size)
    await course.pause()
  }
  return { made: [{ value: md5.digest('hex') }], limits: [] }
}
