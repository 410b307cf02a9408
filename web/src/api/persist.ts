/** Try again until it works: for calls that may be repeated without harm, on lines that come and go. */
import type { Result } from './call.ts'
import { passes, type Failure, type Passing } from './failure.ts'

export interface Wait {
  readonly reason: Passing
  /** When the next try is due, or null where only a connection or the person can say. */
  readonly seconds: number | null
}

/** Resolves when it is time to try again: the time is up, the line is back, the person asked. */
export type Pause = (wait: Wait) => Promise<void>

export interface Patience {
  readonly pause: Pause
  readonly online: () => boolean
  /** 0 to 1, to spread the tries of many pages that lost the same server. */
  readonly chance: () => number
}

const FIRST_WAIT = 2
const LONGEST_WAIT = 60
const LONGEST_ASKED_WAIT = 900

/** The answer of `attempt`, or the first failure that does not pass by itself. */
export async function persist<T>(
  attempt: () => Promise<Result<T>>,
  patience: Patience,
): Promise<{ ok: true; value: T } | { ok: false; failure: Exclude<Failure, Passing> }> {
  for (let tries = 1; ; tries += 1) {
    const result = await attempt()
    if (result.ok) return result
    const { failure } = result
    if (!passes(failure)) return { ok: false, failure: failure }
    await patience.pause(waitFor(failure, tries, patience))
  }
}

/** How long to wait after the `tries`-th failure: doubling, with jitter, or what the service asks. */
export function waitFor(reason: Passing, tries: number, patience: Omit<Patience, 'pause'>): Wait {
  if (reason.kind === 'offline' && !patience.online()) return { reason, seconds: null }
  const backoff = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tries - 1))
  const jittered = Math.ceil(backoff * (0.5 + patience.chance() / 2))
  const asked = reason.kind === 'offline' ? 0 : (reason.seconds ?? 0)
  return { reason, seconds: Math.max(jittered, Math.min(asked, LONGEST_ASKED_WAIT)) }
}
