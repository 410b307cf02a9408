/**
 * What has become of the files a person has chosen. It lives in memory only and ends with the page.
 *
 * The files themselves are not here: they stay in `intake`, and fingerprints come out of it.
 */
import type { Intake, IntakeEvent } from '../intake/messages.ts'
import { after, canRetry, type RowState } from './row.ts'
import { summarise } from './summary.ts'

export class Row {
  state = $state.raw<RowState>({ kind: 'waiting' })
  work = $state(1)

  constructor(readonly number: number) {}
}

export type OpenIntake = (onEvent: (event: IntakeEvent) => void) => Intake

export class Selection {
  rows = $state.raw<readonly Row[]>([])
  /** Files that did not fit when they were last added. */
  left = $state(0)
  summary = $derived(summarise(this.rows))
  busy = $derived(this.summary.settled < this.summary.total)
  /** Where the present run of work began, for the estimate of what is left. */
  began = { at: 0, done: 0 }

  // Bookkeeping that nothing on the screen depends on.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #byNumber = new Map<number, Row>()
  readonly #intake: Intake

  constructor(
    open: OpenIntake,
    private readonly now: () => number,
  ) {
    this.#intake = open((event) => this.#hear(event))
  }

  remove(row: Row): void {
    this.#byNumber.delete(row.number)
    this.rows = this.rows.filter((other) => other !== row)
    this.#intake.forget(row.number)
  }

  /** Stop what is not finished; what is finished stays. */
  cancelAll(): void {
    this.#intake.cancelAll()
  }

  pause(row: Row): void {
    this.#intake.pause(row.number)
  }

  resume(row: Row): void {
    this.#intake.resume(row.number)
    // What it takes from here says nothing of the time before.
    this.#begin()
  }

  retry(row: Row): void {
    if (canRetry(row.state)) this.#intake.retry(row.number)
  }

  /** Forget everything. */
  clear(): void {
    this.#intake.clear()
    this.#byNumber.clear()
    this.rows = []
    this.left = 0
  }

  #hear(event: IntakeEvent): void {
    if (event.kind === 'chosen') {
      this.#add(event.ids)
      this.left = event.left
      return
    }
    const row = this.#byNumber.get(event.id)
    if (!row) return
    if (event.kind === 'waiting') this.#begin()
    if (event.kind === 'weighed') row.work = event.work
    else row.state = after(row.state, event)
  }

  #add(ids: readonly number[]): void {
    const rows = ids.map((id) => new Row(id))
    for (const row of rows) this.#byNumber.set(row.number, row)
    this.rows = [...this.rows, ...rows]
    this.#begin()
  }

  #begin(): void {
    this.began = { at: this.now(), done: this.summary.done }
  }
}
