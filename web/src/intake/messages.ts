/**
 * All that crosses between the files and the rest of the page: plain data that can be cloned.
 *
 * Neither a file nor its name, its exact size or an address of it is ever in here, so that the
 * folder can move into a frame of its own, without network, and this stays the wire between them.
 */
import type { HasherEvent, Limit, Refusal, Signal } from '../hash/hasher.ts'

export type { Limit, Refusal, Signal }

export type IntakeEvent =
  /** More files. Rows on the screen are numbered by these ids, from 1; `left` did not fit. */
  | { kind: 'chosen'; ids: readonly number[]; left: number }
  /** How much work a file is beside the smallest, which is 1 and what is assumed until then. */
  | { kind: 'weighed'; id: number; work: number }
  /** The file begins anew: what was said of it before no longer counts. */
  | { kind: 'waiting'; id: number }
  | HasherEvent

/** What the rest of the page can ask for. Everything is answered by events, in order. */
export interface Intake {
  /** Give a file up, waiting or begun. One that is finished stays as it is. */
  cancel(id: number): void
  cancelAll(): void
  /** Let a file rest, waiting or begun, while others go on. */
  pause(id: number): void
  resume(id: number): void
  retry(id: number): void
  /** Let a file go. Its id is not used again before `clear`. */
  forget(id: number): void
  /** Let all files go and end the workers. Ids begin anew. */
  clear(): void
}

/** More files than this are two cases; the service takes 10,000 fingerprints in one. */
export const MOST_FILES = 2_000
