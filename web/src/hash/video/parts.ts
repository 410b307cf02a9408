/** The parts of the page that only videos need: fetched when the first video comes, not before. */
import type { Algorithm } from '../algorithm.ts'
import { Refused } from '../refusal.ts'

/** Raises: Refused 'not-loaded' when the part cannot be fetched, else as the algorithm does. */
export const videoMd5: Algorithm = async (file, course) => {
  const part = await fetched(import('./video_md5.ts'))
  return await part.videoMd5(file, course)
}

/** Raises: Refused 'not-loaded' when the part cannot be fetched, else as the algorithm does. */
export const videoPdq: Algorithm = async (file, course) => {
  const part = await fetched(import('./video_pdq.ts'))
  return await part.videoPdq(file, course)
}

async function fetched<Part>(part: Promise<Part>): Promise<Part> {
  try {
    return await part
  } catch {
    throw new Refused('not-loaded')
  }
}
