/**
 * Files in, signals out: all that the page knows of hashing.
 *
 * One worker hashes one file at a time, so a file that breaks the worker breaks itself alone:
 * the worker is dropped and a new one takes the next file. Cancelling does the same, which is
 * why it works at once even in the middle of a decode.
 */
import type { Job, PageMessage, WorkerMessage } from './messages.ts'
import type { Refusal } from './refusal.ts'
import type { Limit, Signal, SignalType } from './signals.ts'
import { workerScript } from './worker_script.ts'

export type { Limit, Refusal, Signal, SignalType }

/**
 * Of each file that was added: `reading`, then `progress`, then one of the last three, once. It is
 * read a second time when the worker that read it broke. `paused` and `resumed` take turns.
 */
export type HasherEvent =
  | { kind: 'reading'; id: number }
  /** `done` runs from 0 to 1 within this file. */
  | { kind: 'progress'; id: number; done: number }
  /** It rests from now on, or from its next opportunity. A picture may still be hashed to its end. */
  | { kind: 'paused'; id: number }
  | { kind: 'resumed'; id: number }
  | { kind: 'hashed'; id: number; signals: readonly Signal[]; limits: readonly Limit[] }
  | { kind: 'refused'; id: number; reason: Refusal }
  | { kind: 'cancelled'; id: number }

export interface Hasher {
  /** Hash this file after those added before. `id` is the caller's own and names it in events. */
  add(id: number, file: File): void
  /** Give the file up, waiting or begun. One that is finished stays as it is. */
  cancel(id: number): void
  /** Let the file rest, waiting or begun, while others go on. */
  pause(id: number): void
  /** Let it go on, from where it was. */
  resume(id: number): void
  /** Give everything up, without further events. */
  close(): void
}

export function openHasher(onEvent: (event: HasherEvent) => void): Hasher {
  return new OneWorkerHasher(onEvent)
}

class OneWorkerHasher implements Hasher {
  readonly #onEvent: (event: HasherEvent) => void
  #waiting: Job[] = []
  #current: Job | undefined
  #worker: Worker | undefined

  constructor(onEvent: (event: HasherEvent) => void) {
    this.#onEvent = onEvent
  }

  add(id: number, file: File): void {
    this.#waiting.push({ id, file, sparing: false })
    this.#next()
  }

  cancel(id: number): void {
    if (this.#current?.id === id) {
      this.#dropWorker()
      this.#finish({ kind: 'cancelled', id })
    } else if (this.#waiting.some((job) => job.id === id)) {
      this.#waiting = this.#waiting.filter((job) => job.id !== id)
      this.#onEvent({ kind: 'cancelled', id })
    }
  }

  pause(id: number): void {
    if (this.#current?.id !== id) return
    this.#worker?.postMessage({ kind: 'pause' } satisfies PageMessage)
    this.#onEvent({ kind: 'paused', id })
  }

  resume(id: number): void {
    if (this.#current?.id !== id) return
    this.#worker?.postMessage({ kind: 'resume' } satisfies PageMessage)
    this.#onEvent({ kind: 'resumed', id })
  }

  close(): void {
    this.#dropWorker()
    this.#waiting = []
    this.#current = undefined
  }

  #next(): void {
    if (this.#current) return
    this.#current = this.#waiting.shift()
    if (!this.#current) return
    this.#worker ??= this.#startWorker()
    this.#worker.postMessage({ kind: 'hash', job: this.#current } satisfies PageMessage)
    this.#onEvent({ kind: 'reading', id: this.#current.id })
  }

  #finish(event: HasherEvent): void {
    this.#current = undefined
    this.#onEvent(event)
    this.#next()
  }

  #startWorker(): Worker {
    const worker = new Worker(workerScript, { type: 'module' })
    worker.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => {
      if (worker !== this.#worker) return
      if (data.kind === 'wants') worker.postMessage({ kind: 'may' } satisfies PageMessage)
      else if (data.kind === 'progress') this.#onEvent(data)
      else if (data.kind === 'hashed' || data.kind === 'refused') this.#finish(data)
    })
    worker.addEventListener('error', (event) => {
      event.preventDefault()
      if (worker === this.#worker) this.#crashed()
    })
    return worker
  }

  #crashed(): void {
    this.#dropWorker()
    if (this.#current) this.#finish({ kind: 'refused', id: this.#current.id, reason: 'crashed' })
  }

  #dropWorker(): void {
    this.#worker?.terminate()
    this.#worker = undefined
  }
}
