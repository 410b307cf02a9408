/** Why a call came to nothing, in the few kinds that a person can do something about. */
import { field } from './answers.ts'

export type Failure =
  | { kind: 'offline' }
  | { kind: 'rate-limited'; seconds: number | null }
  | { kind: 'maintenance'; seconds: number | null }
  | { kind: 'number-taken' }
  | { kind: 'case-withdrawn' }
  | { kind: 'unknown-case' }
  | { kind: 'unexpected' }

/** Failures that pass by themselves, so that trying again later is right. */
export type Passing = Extract<Failure, { kind: 'offline' | 'rate-limited' | 'maintenance' }>

export function passes(failure: Failure): failure is Passing {
  return ['offline', 'rate-limited', 'maintenance'].includes(failure.kind)
}

const PROBLEM = 'urn:notyours:problem:'

/** The failure that an answer with an error status stands for. */
export function failureOf(status: number, retryAfter: string | null, body: unknown): Failure {
  if (status === 429) return { kind: 'rate-limited', seconds: secondsOf(retryAfter) }
  // A gateway that is up in front of a service that is not answers 502 or 504.
  if (status === 502 || status === 503 || status === 504)
    return { kind: 'maintenance', seconds: secondsOf(retryAfter) }
  return problemOf(body)
}

function problemOf(body: unknown): Failure {
  switch (typeOf(body)) {
    case `${PROBLEM}number-taken`:
      return { kind: 'number-taken' }
    case `${PROBLEM}case-withdrawn`:
      return { kind: 'case-withdrawn' }
    case `${PROBLEM}unknown-case`:
      return { kind: 'unknown-case' }
    default:
      return { kind: 'unexpected' }
  }
}

function typeOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null ? field(body, 'type') : undefined
}

/** Whole seconds only: our service never answers with a date. */
function secondsOf(retryAfter: string | null): number | null {
  return retryAfter !== null && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : null
}
