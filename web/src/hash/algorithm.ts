/** What an algorithm is: how a file becomes the values of one type of signal. */
import type { Limit } from './signals.ts'
import type { Made } from './worth.ts'

/** Told how much of the file is done, from 0 to 1. */
export type Progress = (done: number) => void

/** How a file is to be gone through. */
export interface Course {
  readonly progress: Progress
  /** Take the path that needs the least memory: the worker that tried the other one broke. */
  readonly sparing: boolean
  /**
   * Awaited between pieces of work: resolves at once, unless the person has paused the file. Keep
   * little meanwhile; other files go on, and what was reserved is theirs until this resolves.
   */
  readonly pause: () => Promise<void>
  /**
   * Awaited before pixels are unpacked, `megapixels` of them: resolves when there is room beside
   * what other workers hold. The room is given back when the file is over. Asking again gives back
   * what was had before, so let go of those pixels first. What lasts as long as a film is counted
   * as no more than pictures can do without.
   */
  readonly reserve: (megapixels: number, lasts?: boolean) => Promise<void>
}

/** All values that came out, in the order of their making, and what keeps them from being more. */
export interface Yield {
  readonly made: readonly Made[]
  readonly limits: readonly Limit[]
}

/**
 * Makes the signals of one type from a file of that type's media.
 *
 * Raises: Refused when the file cannot be read; whether a value is any good is not its to judge.
 */
export type Algorithm = (file: File, course: Course) => Promise<Yield>
