/** The parts of the page that only videos need: fetched when the first video comes, not before. */
import type { Algorithm } from '../algorithm.ts'
import { fetched } from './fetched.ts'

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
