/** VideoMD5: the MD5 of a whole file of any size, a few megabytes of it in memory at a time. */
import type { Course, Yield } from '../algorithm.ts'
import { refuseSoundAlone } from './film.ts'
import { openMd5 } from './md5.ts'
import { piecesOf } from './pieces.ts'

/** Raises: Refused 'vanished', 'not-loaded', or 'unsupported' when there is nothing to see. */
export async function videoMd5(file: File, course: Course): Promise<Yield> {
  // Before gigabytes are read in vain. A worker may have broken at it, so it is not tried twice.
  if (!course.sparing) await refuseSoundAlone(file)
  const md5 = await openMd5()
  let done = 0
  for await (const piece of piecesOf(file)) {
    md5.update(piece)
    done += piece.length
    course.progress(done / file.size)
    await course.pause()
  }
  return { made: [{ value: md5.digest() }], limits: [] }
}
