/** Everything that crosses between the page and its workers: plain data that can be cloned. */
import type { Refusal } from './refusal.ts'
import type { Limit, Signal } from './signals.ts'

/** One file to hash. The next one follows when this one is answered. */
export interface Job {
  id: number
  file: File
  /** Take the path that needs the least memory. */
  sparing: boolean
}

/** What a worker is told. Apart from the first, all is about the file that it has in work. */
export type PageMessage =
  | { kind: 'hash'; job: Job }
  /** There is room for the pixels that it wanted. */
  | { kind: 'may' }
  /** Stop at the next opportunity, say `stopped`, and wait. */
  | { kind: 'pause' }
  /** Said only to one that has `stopped`. */
  | { kind: 'resume' }
  /** Say that you are `alive`. */
  | { kind: 'ask' }

/** `hashed` or `refused` comes last of a file. */
export type WorkerMessage =
  /** Said once, before anything else: the script is here and runs. */
  | { kind: 'ready' }
  | { kind: 'alive' }
  /** It waits for room for so many million pixels; those of a film last. */
  | { kind: 'wants'; megapixels: number; lasts?: boolean }
  | { kind: 'stopped' }
  | { kind: 'progress'; id: number; done: number }
  | { kind: 'hashed'; id: number; signals: readonly Signal[]; limits: readonly Limit[] }
  | { kind: 'refused'; id: number; reason: Refusal }
