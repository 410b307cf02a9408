/** All seats that there are, and at which of them each file is that has begun. */
import type { Job } from '../messages.ts'
import { Seat } from './seat.ts'

export class Seats {
  readonly #seats = new Map<number, Seat>()
  readonly #begun = new Map<number, Seat>()
  #ever = 0

  /** A list of its own: it stays as it is while seats come and go. */
  get all(): Seat[] {
    return [...this.#seats.values()]
  }

  get hasWork(): boolean {
    return this.#begun.size > 0
  }

  get atWork(): number {
    return this.all.filter((seat) => seat.atWork).length
  }

  /** By its number. */
  get(number: number): Seat | undefined {
    return this.#seats.get(number)
  }

  /** Where this file is. */
  of(id: number): Seat | undefined {
    return this.#begun.get(id)
  }

  /** One without work, if there is any. */
  get free(): Seat | undefined {
    return this.all.find((seat) => !seat.work)
  }

  add(): Seat {
    const seat = new Seat((this.#ever += 1))
    this.#seats.set(seat.number, seat)
    return seat
  }

  begin(seat: Seat, job: Job): void {
    seat.take(job)
    this.#begun.set(job.id, seat)
  }

  /** Its file is over. */
  empty(seat: Seat): void {
    if (seat.work) this.#begun.delete(seat.work.job.id)
    seat.work = undefined
  }

  remove(seat: Seat): void {
    this.empty(seat)
    this.#seats.delete(seat.number)
  }
}
