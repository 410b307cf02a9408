/** Waits between tries, in view of the person: a countdown, a way to try at once, an ear for the line. */
import type { Patience, Wait } from '../api/persist.ts'

export class Pausing implements Patience {
  /** What is being waited for, or null while a try is under way. */
  wait = $state.raw<Wait | null>(null)
  secondsLeft = $state(0)
  #end: (() => void) | null = null

  readonly online = () => navigator.onLine
  readonly chance = () => Math.random()

  readonly pause = async (wait: Wait): Promise<void> => {
    this.wait = wait
    this.secondsLeft = wait.seconds ?? 0
    const tick = setInterval(() => {
      this.#tick(wait)
    }, 1_000)
    window.addEventListener('online', this.now)
    await new Promise<void>((resolve) => (this.#end = resolve))
    clearInterval(tick)
    window.removeEventListener('online', this.now)
    this.wait = null
  }

  /** Try now. */
  readonly now = (): void => {
    this.#end?.()
  }

  #tick(wait: Wait): void {
    if (wait.seconds === null) return
    this.secondsLeft -= 1
    if (this.secondsLeft <= 0) this.now()
  }
}
