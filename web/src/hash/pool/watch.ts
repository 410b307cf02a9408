/**
 * Whether a worker still lives: one can end without a word, for want of memory, or wait for ever.
 *
 * Counted in ticks and not by the clock: a computer that slept has ticked no more than its workers
 * have worked.
 */

/** Seconds from one tick to the next. */
export const TICK = 5

/** Seconds to fetch the script on the slowest network that loaded the page before. */
const LOADING = 60
/** Seconds without an answer, for a worker that is at work in small pieces. */
const SILENT = 30
/**
 * More for each megapixel that it unpacks: it cannot answer while WebAssembly decodes. Ten times
 * what libheif takes on a laptop, 0.07 s.
 */
const SILENT_PER_MEGAPIXEL = 1
/** Seconds without progress, though it answers: enough for a file to come down from a cloud. */
const STANDSTILL = 300

export interface Watched {
  readonly ready: boolean
  /** It is not its turn to move. */
  readonly waits: boolean
  /** What it may be unpacking. */
  readonly megapixels: number
}

export class Watch {
  #silent = 0
  #standing = 0

  /** It said something; `moved` if its file has come on. */
  heard(moved: boolean): void {
    this.#silent = 0
    if (moved) this.#standing = 0
  }

  /** A tick has passed: whether the worker is to be given up. */
  tick({ ready, waits, megapixels }: Watched): boolean {
    this.#silent += TICK
    this.#standing = waits ? 0 : this.#standing + TICK
    const patience = ready ? SILENT + SILENT_PER_MEGAPIXEL * megapixels : LOADING
    return this.#silent > patience || this.#standing > STANDSTILL
  }
}
