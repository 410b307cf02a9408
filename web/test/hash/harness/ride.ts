/** All files through the hasher, with one eye on the clock and one on the main thread. */
import { openHasher, type HasherEvent } from '../../../src/hash/hasher.ts'
import { resourcesOf } from '../../../src/hash/pool/resources.ts'

export interface Ride {
  /** From the first file's adding to the last one's last word. */
  milliseconds: number
  /** The longest time, in milliseconds, for which the page could not have answered. */
  longestBlock: number
  /** How many events of each kind came. */
  told: Partial<Record<HasherEvent['kind'], number>>
}

export async function ride(files: readonly File[], workers: number): Promise<Ride> {
  const told: Ride['told'] = {}
  const block = watchBlocks()
  const start = performance.now()
  await new Promise<void>((resolve) => {
    const hasher = openHasher(
      ({ kind }) => {
        told[kind] = (told[kind] ?? 0) + 1
        if ((told.hashed ?? 0) + (told.refused ?? 0) < files.length) return
        hasher.close()
        resolve()
      },
      { ...resourcesOf(navigator), workers },
    )
    files.forEach((file, id) => {
      hasher.add(id, file)
    })
  })
  return { milliseconds: performance.now() - start, longestBlock: block(), told }
}

/** Milliseconds between two looks: the shortest that a browser allows for long. */
const LOOK_EVERY = 4

/** Looks at the clock again and again; the most by which a look comes late is the longest block. */
function watchBlocks(): () => number {
  let due = performance.now()
  let longest = 0
  const look = (): void => {
    const now = performance.now()
    longest = Math.max(longest, now - due)
    due = now + LOOK_EVERY
  }
  const looking = setInterval(look, LOOK_EVERY)
  return () => {
    clearInterval(looking)
    return longest
  }
}
