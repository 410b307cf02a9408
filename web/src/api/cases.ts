/** The three things that can be asked about a case: create it, look at it, withdraw it. */
import type { Credentials } from '../case/credentials.ts'
import {
  createAnswer,
  statusAnswer,
  withdrawAnswer,
  type CreateAnswer,
  type StatusAnswer,
  type WithdrawAnswer,
} from './answers.ts'
import { call, cast, type Fetch, type Result } from './call.ts'

export interface Cases {
  /** Send one part of a case, exactly as `parts` wrote it. */
  readonly create: (part: string) => Promise<Result<CreateAnswer>>
  readonly status: (credentials: Credentials) => Promise<Result<StatusAnswer>>
  /** Withdraw as many fingerprints as one call can; `remaining` says how many are left. */
  readonly withdraw: (credentials: Credentials) => Promise<Result<WithdrawAnswer>>
  /** Withdraw as far as one call can that outlives the page. Nobody is there for its answer. */
  readonly abandon: (credentials: Credentials) => void
}

export function casesOver(fetch: Fetch): Cases {
  return {
    create: (part) => call(fetch, '/cases', part, createAnswer),
    status: (credentials) => call(fetch, '/cases/status', written(credentials), statusAnswer),
    withdraw: (credentials) => call(fetch, '/cases/withdraw', written(credentials), withdrawAnswer),
    abandon: (credentials) => cast(fetch, '/cases/withdraw', written(credentials)),
  }
}

function written({ number, pin }: Credentials): string {
  return JSON.stringify({ number, pin })
}
