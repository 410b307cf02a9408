/** Everything that crosses between the page and the worker: plain data that can be cloned. */
import type { Refusal } from './refusal.ts'
import type { Limit, Signal } from './signals.ts'

/** One file to hash. The next one follows when this one is answered. */
export interface Job {
  id: number
  file: File
  /** Take the path that needs the least memory. */
  sparing: boolean
}

/** `done` runs from 0 to 1 within the file; `hashed` or `refused` comes last. */
export type WorkerMessage =
  | { kind: 'progress'; id: number; done: number }
  | { kind: 'hashed'; id: number; signals: readonly Signal[]; limits: readonly Limit[] }
  | { kind: 'refused'; id: number; reason: Refusal }
