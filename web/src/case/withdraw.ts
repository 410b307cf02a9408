/** Withdraws a case, call by call, until no fingerprint of it is left in the bank. */
import type { Cases } from '../api/cases.ts'
import type { Failure, Passing } from '../api/failure.ts'
import { persist, type Patience } from '../api/persist.ts'
import type { Credentials } from './credentials.ts'

export type Withdrawn =
  { kind: 'withdrawn' } | { kind: 'failed'; failure: Exclude<Failure, Passing> }

export interface Withdrawer extends Patience {
  readonly withdraw: Cases['withdraw']
  readonly onProgress: (remaining: number) => void
}

/** The service may do a few at a time, but 10,000 one by one would be a service that is not ours. */
const MOST_CALLS = 10_000

export async function withdrawCase(
  credentials: Credentials,
  withdrawer: Withdrawer,
): Promise<Withdrawn> {
  for (let calls = 0; calls < MOST_CALLS; calls += 1) {
    const result = await persist(() => withdrawer.withdraw(credentials), withdrawer)
    if (!result.ok) return { kind: 'failed', failure: result.failure }
    withdrawer.onProgress(result.value.remaining)
    if (result.value.remaining === 0) return { kind: 'withdrawn' }
  }
  return { kind: 'failed', failure: { kind: 'unexpected' } }
}
