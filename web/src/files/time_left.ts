/** How long the rest will take, judged by how long the part behind us took. */

/** Before this much is seen, an estimate is a guess and jumps about. */
const LEAST_SEEN_MS = 3_000

/** Finer than this only flickers. */
const STEP = 5

/** Whole seconds left, or null while that cannot be said. Both shares are of everything, 0 to 1. */
export function secondsLeft(elapsedMs: number, doneAtStart: number, done: number): number | null {
  const gained = done - doneAtStart
  if (elapsedMs < LEAST_SEEN_MS || gained <= 0 || done >= 1) return null
  const seconds = (elapsedMs * (1 - done)) / gained / 1000
  return Math.ceil(seconds / STEP) * STEP
}
