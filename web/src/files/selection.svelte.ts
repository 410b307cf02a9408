/**
 * The files a person has chosen. It lives in memory only and ends with the page.
 *
 * Files go to the hasher and come back as fingerprints; nothing else in the page ever reads them.
 */
import type { Hasher, HasherEvent } from '../hash/hasher.ts'
import { after, canRetry, isSettled, type RowState } from './row.ts'
import { summarise } from './summary.ts'

export class Row {
  state = $state.raw<RowState>({ kind: 'waiting' })
  /** Its latest job at the hasher; events of an earlier one no longer concern it. */
  job = 0

  constructor(
    readonly number: number,
    readonly file: File,
  ) {}

  get size(): number {
    return this.file.size
  }
}

/** More files than this are two cases; the service takes 10,000 fingerprints in one. */
export const MOST_FILES = 2_000

export type OpenHasher = (onEvent: (event: HasherEvent) => void) => Hasher

export class Selection {
  rows = $state.raw<readonly Row[]>([])
  /** Files that did not fit when they were last added. */
  left = $state(0)
  summary = $derived(summarise(this.rows))
  busy = $derived(this.summary.settled < this.summary.total)
  /** Where the present run of work began, for the estimate of what is left. */
  began = { at: 0, done: 0 }

  #numbers = 0
  #jobs = 0
  // Bookkeeping that nothing on the screen depends on.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #rowOfJob = new Map<number, Row>()
  #hasher: Hasher | null = null

  constructor(
    private readonly open: OpenHasher,
    private readonly now: () => number,
  ) {}

  add(files: Iterable<File>): void {
    const chosen = [...files]
    const room = MOST_FILES - this.rows.length
    this.left = Math.max(0, chosen.length - room)
    const rows = chosen.slice(0, room).map((file) => new Row((this.#numbers += 1), file))
    this.rows = [...this.rows, ...rows]
    this.#begin(rows)
  }

  remove(row: Row): void {
    this.#cancel(row)
    this.rows = this.rows.filter((other) => other !== row)
  }

  /** Stop what is not finished; what is finished stays. */
  cancelAll(): void {
    // From the end: cancelling the one being worked on would otherwise begin the next.
    for (const row of this.rows.toReversed()) this.#cancel(row)
  }

  retry(row: Row): void {
    if (!canRetry(row.state)) return
    row.state = { kind: 'waiting' }
    this.#begin([row])
  }

  /** Forget every file and end the worker. */
  clear(): void {
    this.#hasher?.close()
    this.#hasher = null
    this.#rowOfJob.clear()
    this.rows = []
    this.left = 0
    this.#numbers = 0
  }

  #begin(rows: readonly Row[]): void {
    this.began = { at: this.now(), done: this.summary.done }
    for (const row of rows) this.#start(row)
  }

  #start(row: Row): void {
    row.job = this.#jobs += 1
    this.#rowOfJob.set(row.job, row)
    this.#hasher ??= this.open((event) => this.#hear(event))
    this.#hasher.add(row.job, row.file)
  }

  #cancel(row: Row): void {
    if (isSettled(row.state)) return
    row.state = { kind: 'cancelled' }
    this.#rowOfJob.delete(row.job)
    this.#hasher?.cancel(row.job)
  }

  #hear(event: HasherEvent): void {
    const row = this.#rowOfJob.get(event.id)
    if (!row) return
    row.state = after(row.state, event)
    if (isSettled(row.state)) this.#rowOfJob.delete(event.id)
  }
}
