/**
 * All that crosses between the files and the rest of the page: plain data that can be cloned.
 *
 * Neither a file nor its name, its exact size or an address of it is ever in here, so that the
 * folder can move into a frame of its own, without network, and this stays the wire between them.
 */
import type { HasherEvent, Refusal, Signal } from '../hash/hasher.ts'

export type { Refusal, Signal }

/** A file that was taken in. Rows on the screen are numbered by `id`, from 1. */
export interface Taken {
  readonly id: number
  /** How much work it is beside the smallest file, which is 1. */
  readonly work: number
}

export type IntakeEvent =
  /** More files; `left` did not fit. */
  | { kind: 'chosen'; taken: readonly Taken[]; left: number }
  /** The file begins anew: what was said of it before no longer counts. */
  | { kind: 'waiting'; id: number }
  | HasherEvent

/** What the rest of the page can ask for. Everything is answered by events, in order. */
export interface Intake {
  /** Give a file up, waiting or begun. One that is finished stays as it is. */
  cancel(id: number): void
  cancelAll(): void
  retry(id: number): void
  /** Let a file go. Its id is not used again before `clear`. */
  forget(id: number): void
  /** Let all files go and end the worker. Ids begin anew. */
  clear(): void
}

/** More files than this are two cases; the service takes 10,000 fingerprints in one. */
export const MOST_FILES = 2_000
