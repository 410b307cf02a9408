/** What the pool wants done, in the order in which it came to want it. */
import type { HasherEvent } from '../hasher.ts'
import type { PageMessage } from '../messages.ts'

export type Act =
  | { kind: 'start'; seat: number }
  | { kind: 'say'; seat: number; message: PageMessage }
  | { kind: 'end'; seat: number }
  | { kind: 'tell'; event: HasherEvent }

export class Acts {
  #waiting: Act[] = []
  #acting = false

  constructor(private readonly act: (act: Act) => void) {}

  push(act: Act): void {
    this.#waiting.push(act)
  }

  /** Leave the page alone with what it has not heard yet. */
  tellNoMore(): void {
    this.#waiting = this.#waiting.filter(({ kind }) => kind !== 'tell')
  }

  /** One after the other, also what the page asks for while it is told something. */
  carryOut(): void {
    if (this.#acting) return
    this.#acting = true
    try {
      for (let act; (act = this.#waiting.shift());) this.act(act)
    } finally {
      this.#acting = false
    }
  }
}
