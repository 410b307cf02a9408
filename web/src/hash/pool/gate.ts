/**
 * Room for unpacked pictures: one budget that all workers ask for, each before it decodes.
 *
 * Four bytes a pixel add up quickly: what one large picture takes is little, what four of them take
 * side by side ends the page on a phone. Who asked first goes first, so that nobody waits for ever
 * behind smaller ones.
 */

/** What holds no more than this part of the budget may stay beside the largest: a video does. */
export const SMALL = 1 / 8

export class Gate<Who> {
  readonly #held = new Map<Who, number>()
  readonly #waiting = new Map<Who, number>()

  constructor(
    private readonly budget: number,
    private readonly admit: (who: Who) => void,
  ) {}

  /** Give back what was held, and be admitted as soon as there is room for so much. */
  ask(who: Who, amount: number): void {
    this.#forget(who)
    this.#waiting.set(who, amount)
    this.#admitNext()
  }

  /** Give back what is held or waited for. */
  leave(who: Who): void {
    this.#forget(who)
    this.#admitNext()
  }

  isWaiting(who: Who): boolean {
    return this.#waiting.has(who)
  }

  /** What is held at present, each by whom. */
  get held(): ReadonlyMap<Who, number> {
    return this.#held
  }

  #forget(who: Who): void {
    this.#held.delete(who)
    this.#waiting.delete(who)
  }

  #admitNext(): void {
    for (const [who, amount] of [...this.#waiting]) {
      if (!this.#fits(amount)) return
      this.#waiting.delete(who)
      this.#held.set(who, amount)
      this.admit(who)
    }
  }

  /** Whatever its size, it fits when no other large one is there: so everyone's turn comes. */
  #fits(amount: number): boolean {
    const held = [...this.#held.values()]
    const sum = held.reduce((total, one) => total + one, amount)
    return sum <= this.budget || held.every((one) => one <= this.budget * SMALL)
  }
}
