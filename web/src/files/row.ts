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
      return moved(state, { kind: 'reading' })
    case 'progress':
      return moved(state, { kind: 'hashing', done: Math.min(1, Math.max(0, event.done)) })
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

/** What was under way when the person paused may still be heard of: the file rests all the same. */
function moved(state: RowState, to: Underway): RowState {
  return state.kind === 'paused' ? { kind: 'paused', at: to } : to
}

export function isSettled(state: RowState): state is Settled {
  return state.kind === 'hashed' || state.kind === 'refused' || state.kind === 'cancelled'
}

/** How much of the file is done, from 0 to 1. */
export function doneOf(state: RowState): number {
  if (isSettled(state)) return 1
  if (state.kind === 'paused') return doneOf(state.at)
  return state.kind === 'hashing' ? state.done : 0
}

/** From about 30 MB on, in the measure of `weighed`: what is shorter is over before one could pause. */
const LONG = 300

/** Whether a file takes long enough to be worth pausing, and is at it. */
export function canPause(state: RowState, work: number): boolean {
  return state.kind === 'hashing' && work >= LONG
}

/** Whether the same file may fare better a second time. */
export function canRetry(state: RowState): boolean {
  return (
    state.kind === 'cancelled' ||
    (state.kind === 'refused' && ['crashed', 'not-loaded'].includes(state.reason))
  )
}
