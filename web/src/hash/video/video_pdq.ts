/** VideoPDQ: the hashes of a video's frames, one a second, as the reference package samples them. */
import type { Course, Yield } from '../algorithm.ts'
import { refuseVanished } from '../bytes.ts'
import { loadKernel } from '../pdq/kernel.ts'
import { Damaged } from './damaged.ts'
import { openFilm, type Film } from './film.ts'
import { hashOf } from './frame_hash.ts'
import { KeptFrames } from './kept_frames.ts'
import { sampled } from './sampling.ts'

/** Where no frame can be read: the file's MD5 stays, which finds copies that nobody has changed. */
const EXACT_COPIES_ONLY: Yield = { made: [], limits: ['exact-copies-only'] }

/** A decoder keeps some frames besides the one in work. Of 1.5 bytes a pixel, where a picture has 4. */
const FRAMES_HELD = 12 * (1.5 / 4)

/** Raises: Refused 'vanished'. */
export async function videoPdq(file: File, course: Course): Promise<Yield> {
  // The worker that tried to decode it broke: its MD5 is worth more than another crash.
  if (course.sparing) return EXACT_COPIES_ONLY
  const film = await openFilm(file)
  if (!film) return await withoutFrames(file)
  const kept = new KeptFrames()
  try {
    await keepFrames(film, kept, course)
  } catch (error) {
    if (!(error instanceof Damaged)) throw error
    await refuseVanished(file)
  } finally {
    film.close()
  }
  return kept.made.length > 0 ? { made: kept.made, limits: [] } : EXACT_COPIES_ONLY
}

/** Where a film breaks off, the frames up to there are kept: they are as good as any. */
async function keepFrames(film: Film, kept: KeptFrames, course: Course): Promise<void> {
  const kernel = await loadKernel()
  await course.reserve(film.megapixels * FRAMES_HELD, true)
  for await (const frame of sampled(film.frames(), film.rate)) {
    kept.add(await hashOf(frame, film, kernel))
    course.progress(film.duration > 0 ? Math.min(frame.timestamp / film.duration, 1) : 0)
    await course.pause()
  }
}

async function withoutFrames(file: File): Promise<Yield> {
  // What looks like a damaged film may be one that was deleted.
  await refuseVanished(file)
  return EXACT_COPIES_ONLY
}
