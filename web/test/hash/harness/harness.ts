/** A bare page around the real hasher, for tests and measurements that drive a real browser. */
import { openHasher, type HasherEvent } from '../../../src/hash/hasher.ts'
import { downscaled, hash, time, timeFilm, vectors } from './questions.ts'
import { ride, type Ride } from './ride.ts'

type Told = HasherEvent & { at: number }

/** What the driver may call. Files are those in the page's one input, numbered from 0. */
interface Harness {
  /** Hash all files, giving up the file `victim` when `when` is heard of it; every event. */
  run: (victim?: number, when?: HasherEvent['kind']) => Promise<Told[]>
  time: typeof time
  timeFilm: typeof timeFilm
  hash: typeof hash
  downscaled: typeof downscaled
  vectors: typeof vectors
  /** Hash all files with so many workers, and watch the main thread meanwhile. */
  ride: (workers: number) => Promise<Ride>
  /** For what a test does with a hasher of its own. */
  openHasher: typeof openHasher
  chosen: () => File[]
}

declare global {
  interface Window {
    harness: Harness
  }
}

/** After these nothing more is heard of a file. */
const LAST: ReadonlySet<HasherEvent['kind']> = new Set(['hashed', 'refused', 'cancelled'])

window.harness = {
  run,
  time,
  timeFilm,
  hash,
  downscaled,
  vectors,
  ride: (workers) => ride(chosen(), workers),
  openHasher,
  chosen,
}

function run(victim?: number, when?: HasherEvent['kind']): Promise<Told[]> {
  return new Promise((resolve) => {
    const files = chosen()
    const told: Told[] = []
    let left = files.length
    const hasher = openHasher((event) => {
      told.push({ ...event, at: performance.now() })
      if (event.id === victim && event.kind === when) hasher.cancel(event.id)
      if (LAST.has(event.kind)) left -= 1
      if (left > 0) return
      hasher.close()
      resolve(told)
    })
    files.forEach((file, id) => {
      hasher.add(id, file)
    })
  })
}

function chosen(): File[] {
  return Array.from(document.querySelector('input')?.files ?? [])
}
