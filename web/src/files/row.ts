/** What is known of one chosen file, and how the hasher's events move it on. */
import type { HasherEvent, Refusal, Signal } from '../hash/hasher.ts'

export type RowState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'hashing'; readonly done: number }
  | { readonly kind: 'hashed'; readonly signals: readonly Signal[] }
  | { readonly kind: 'refused'; readonly reason: Refusal }
  | { readonly kind: 'cancelled' }

/** The state after `event`. What is over stays over: an event that was under way changes nothing. */
export function after(state: RowState, event: HasherEvent): RowState {
  if (isSettled(state)) return state
  switch (event.kind) {
    case 'reading':
      return { kind: 'reading' }
    case 'progress':
      return { kind: 'hashing', done: Math.min(1, Math.max(0, event.done)) }
    case 'hashed':
      return { kind: 'hashed', signals: event.signals }
    case 'refused':
      return { kind: 'refused', reason: event.reason }
    case 'cancelled':
      return { kind: 'cancelled' }
  }
}

export function isSettled(state: RowState): boolean {
  return state.kind === 'hashed' || state.kind === 'refused' || state.kind === 'cancelled'
}

/** Whether the same file may fare better a second time. */
export function canRetry(state: RowState): boolean {
  return state.kind === 'cancelled' || (state.kind === 'refused' && state.reason === 'crashed')
}
