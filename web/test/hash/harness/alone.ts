/** The course of a file that has the whole device to itself. */
import type { Course } from '../../../src/hash/algorithm.ts'

export const ALONE: Course = {
  progress: () => undefined,
  sparing: false,
  pause: () => Promise.resolve(),
  reserve: () => Promise.resolve(),
}
