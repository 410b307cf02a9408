/** Files that no worker has in work: those that are waiting, in their order, and those that rest. */
import type { Job } from '../messages.ts'

export class Queue {
  /** Begun once already, by a worker that broke or never came. */
  readonly #again = new Map<number, Job>()
  readonly #waiting = new Map<number, Job>()
  readonly #resting = new Map<number, Job>()

  has(id: number): boolean {
    return this.#again.has(id) || this.#waiting.has(id) || this.#resting.has(id)
  }

  isResting(id: number): boolean {
    return this.#resting.has(id)
  }

  add(job: Job): void {
    this.#waiting.set(job.id, job)
  }

  /** Before all others. */
  putBack(job: Job): void {
    this.#again.set(job.id, job)
  }

  rest(job: Job): void {
    this.remove(job.id)
    this.#resting.set(job.id, job)
  }

  /** The next one, which is then no longer here. */
  take(): Job | undefined {
    const next = this.#again.values().next().value ?? this.#waiting.values().next().value
    return next && this.remove(next.id)
  }

  remove(id: number): Job | undefined {
    for (const jobs of [this.#again, this.#waiting, this.#resting]) {
      const job = jobs.get(id)
      if (job && jobs.delete(id)) return job
    }
    return undefined
  }

  /** All that wait, which are then no longer here. */
  takeWaiting(): Job[] {
    const jobs = [...this.#again.values(), ...this.#waiting.values()]
    this.#again.clear()
    this.#waiting.clear()
    return jobs
  }

  clear(): void {
    this.takeWaiting()
    this.#resting.clear()
  }
}
