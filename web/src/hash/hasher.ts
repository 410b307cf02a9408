/** Files in, signals out: all that the page knows of hashing. `pool/` says how it is done. */
import type { Act } from './pool/acts.ts'
import { Crew } from './pool/crew.ts'
import { Pool } from './pool/pool.ts'
import { resourcesOf } from './pool/resources.ts'
import { TICK } from './pool/watch.ts'
import type { Refusal } from './refusal.ts'
import type { Limit, Signal, SignalType } from './signals.ts'

export type { Limit, Refusal, Signal, SignalType }

/**
 * Of each file that was added: `reading`, then `progress`, then one of the last three, once. It is
 * read a second time when the worker that read it broke, and never when no worker could be fetched.
 */
export type HasherEvent =
  | { kind: 'reading'; id: number }
  /** `done` runs from 0 to 1 within this file. */
  | { kind: 'progress'; id: number; done: number }
  /** It rests from its next opportunity on. A picture may still be hashed to its end. */
  | { kind: 'paused'; id: number }
  | { kind: 'resumed'; id: number }
  | { kind: 'hashed'; id: number; signals: readonly Signal[]; limits: readonly Limit[] }
  | { kind: 'refused'; id: number; reason: Refusal }
  | { kind: 'cancelled'; id: number }

export interface Hasher {
  /**
   * Hash this file; files begin in the order in which they are added. `id` is the caller's own and
   * names it in events.
   */
  add(id: number, file: File): void
  /** Give the file up, waiting or begun. One that is finished stays as it is. */
  cancel(id: number): void
  /** Let the file rest, waiting or begun, while others go on. */
  pause(id: number): void
  /** Let it go on, from where it was. */
  resume(id: number): void
  /** Give everything up, without further events. */
  close(): void
}

export function openHasher(
  onEvent: (event: HasherEvent) => void,
  resources = resourcesOf(navigator),
): Hasher {
  let ticking: ReturnType<typeof setInterval> | undefined
  const pool = new Pool(resources, carryOut)
  const crew = new Crew(pool)

  function carryOut(act: Act): void {
    if (act.kind === 'tell') onEvent(act.event)
    else if (act.kind === 'say') crew.say(act.seat, act.message)
    else if (act.kind === 'end') crew.end(act.seat)
    else {
      ticking ??= setInterval(tick, 1000 * TICK)
      crew.start(act.seat)
    }
  }

  function tick(): void {
    pool.tick()
    if (pool.awake) return
    clearInterval(ticking)
    ticking = undefined
  }

  return pool
}
