/** What all chosen files come to: the fingerprints to send, the repeats, how far the work is. */
import type { Signal } from '../intake/messages.ts'
import { rankOf } from './fit.ts'
import { doneOf, isSettled, type RowState } from './row.ts'

export interface Chosen {
  /** The number the person sees. It stays when other rows are removed. */
  readonly number: number
  /** How much work it is beside the smallest file. */
  readonly work: number
  readonly state: RowState
}

export interface Summary {
  readonly total: number
  readonly settled: number
  /** Pictures that can be sent, repeats not counted. */
  readonly ready: number
  /** Of everything, 0 to 1, by work: one large file takes as long as many small ones. */
  readonly done: number
  /** row number -> number of the earlier row that gives the same fingerprints */
  readonly repeats: ReadonlyMap<number, number>
  readonly signals: readonly Signal[]
}

export function summarise(rows: readonly Chosen[]): Summary {
  const firsts = new Map<string, number>()
  const repeats = new Map<number, number>()
  const signals = new Map<string, Signal>()
  for (const { number, state } of rows) {
    if (state.kind !== 'hashed') continue
    const fresh = state.signals.filter((signal) => !firsts.has(key(signal)))
    const [repeated] = state.signals
    if (fresh.length === 0 && repeated) repeats.set(number, firsts.get(key(repeated)) ?? number)
    for (const signal of fresh) if (!firsts.has(key(signal))) firsts.set(key(signal), number)
    for (const signal of state.signals) keepBetter(signals, signal)
  }
  const hashed = rows.filter((row) => row.state.kind === 'hashed').length
  return {
    total: rows.length,
    settled: rows.filter((row) => isSettled(row.state)).length,
    ready: hashed - repeats.size,
    done: share(rows),
    repeats,
    signals: [...signals.values()],
  }
}

/** One picture may be what another is mirrored: as itself it is worth more than as a version. */
function keepBetter(signals: Map<string, Signal>, signal: Signal): void {
  const kept = signals.get(key(signal))
  if (!kept || rankOf(signal) < rankOf(kept)) signals.set(key(signal), signal)
}

function key(signal: Signal): string {
  return `${signal.type} ${signal.value}`
}

function share(rows: readonly Chosen[]): number {
  const all = rows.reduce((sum, { work }) => sum + work, 0)
  const done = rows.reduce((sum, { work, state }) => sum + work * doneOf(state), 0)
  return all === 0 ? 0 : done / all
}
