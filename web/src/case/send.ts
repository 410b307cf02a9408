/** Sends a case part by part until all of it is received, and never makes two of it. */
import type { Cases } from '../api/cases.ts'
import type { Failure, Passing } from '../api/failure.ts'
import { persist, type Patience } from '../api/persist.ts'
import type { Signal } from '../intake/messages.ts'
import type { Credentials } from './credentials.ts'
import { PART_SIZE, part } from './parts.ts'

export type Sent =
  | { kind: 'sent'; credentials: Credentials }
  /** Some of it may be stored: these credentials are the only way to it. */
  | { kind: 'failed'; failure: Exclude<Failure, Passing>; credentials: Credentials }

export interface Sender extends Patience {
  readonly create: Cases['create']
  /**
   * New number and PIN, for the rare case that somebody else's case has this number. Whoever gives
   * them out remembers them: what is sent from then on is found by nothing else.
   */
  readonly redraw: () => Credentials
  /** Called whenever more of the case is known to have arrived. */
  readonly onProgress: (received: number) => void
}

/** A number is taken once in 10^28 draws. Three in a row is a service that is not ours. */
const MOST_REDRAWS = 3

export async function sendCase(
  credentials: Credentials,
  signals: readonly Signal[],
  sender: Sender,
): Promise<Sent> {
  for (let redraws = 0; ; redraws += 1) {
    const failure = await sendParts(credentials, signals, sender)
    if (failure === null) return { kind: 'sent', credentials }
    if (failure.kind !== 'number-taken' || redraws === MOST_REDRAWS)
      return { kind: 'failed', failure, credentials }
    credentials = sender.redraw()
  }
}

async function sendParts(
  credentials: Credentials,
  signals: readonly Signal[],
  sender: Sender,
): Promise<Exclude<Failure, Passing> | null> {
  let arrived = 0
  while (arrived < signals.length) {
    const body = part(credentials, signals, firstMissing(arrived))
    const result = await persist(() => sender.create(body), sender)
    if (!result.ok) return refusal(result.failure, arrived)
    const { received } = result.value
    if (received <= arrived || received > signals.length) return { kind: 'unexpected' }
    sender.onProgress(received)
    arrived = received
  }
  return null
}

/** Where the first part begins that has not arrived whole. */
function firstMissing(arrived: number): number {
  return Math.floor(arrived / PART_SIZE) * PART_SIZE
}

/**
 * A taken number means that nothing is stored under it for us, but only until our first part is:
 * later it would be a lie, and a new number would leave half a case that nobody can withdraw.
 */
function refusal<F extends Failure>(failure: F, arrived: number): F | { kind: 'unexpected' } {
  return failure.kind === 'number-taken' && arrived > 0 ? { kind: 'unexpected' } : failure
}
