/** What is known of one chosen file, and how what is heard of it moves it on. */
import type { IntakeEvent, Limit, Refusal, Signal } from '../intake/messages.ts'

export type RowState =
  | Underway
  /** It rests, and goes on from `at`. */
  | { readonly kind: 'paused'; readonly at: Underway }
  | Settled

type Underway =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'hashing'; readonly done: number }

type Settled =
  | {
      readonly kind: 'hashed'
      readonly signals: readonly Signal[]
      readonly limits: readonly Limit[]
    }
  | { readonly kind: 'refused'; readonly reason: Refusal }
  | { readonly kind: 'cancelled' }

/** What can be heard of the way of one file. */
export type RowEvent = Exclude<IntakeEvent, { kind: 'chosen' | 'weighed' }>

/**
 * The state after `event`. What is over stays over, until the file begins anew: an event that was
 * under way changes nothing.
 */
export function after(state: RowState, event: RowEvent): RowState {
  if (event.kind === 'waiting') return { kind: 'waiting' }
  if (isSettled(state)) return state
  switch (event.kind) {
    case 'reading':
      return { kind: 'reading' }
    case 'progress':
      return { kind: 'hashing', done: Math.min(1, Math.max(0, event.done)) }
    case 'paused':
      return state.kind === 'paused' ? state : { kind: 'paused', at: state }
    case 'resumed':
      return state.kind === 'paused' ? state.at : state
    case 'hashed':
      return { kind: 'hashed', signals: event.signals, limits: event.limits }
    case 'refused':
      return { kind: 'refused', reason: event.reason }
    case 'cancelled':
      return { kind: 'cancelled' }
  }
}

export function isSettled(state: RowState): state is Settled {
  return state.kind === 'hashed' || state.kind === 'refused' || state.kind === 'cancelled'
}

/** Whether the same file may fare better a second time. */
export function canRetry(state: RowState): boolean {
  return (
    state.kind === 'cancelled' ||
    (state.kind === 'refused' && ['crashed', 'not-loaded'].includes(state.reason))
  )
}
