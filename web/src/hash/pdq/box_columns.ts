/**
 * Stage 2 of PDQ, vertically: the running mean ("box filter") down every column at once.
 *
 * Every sum and every quotient is rounded to single precision, in the reference's order: add the
 * value that enters the window, subtract the one that leaves, divide. A running sum carries its
 * rounding errors along, so any other order gives other bits in flat parts of a picture.
 */
import { countAfter, reachOf, windowOf } from './window.ts'

/** It is fed row by row and remembers one window of rows: that bounds the memory of a hash. */
export class BoxAlongColumns {
  readonly #height: number
  readonly #window: number
  readonly #reach: number
  readonly #sums: Float32Array
  /** The last `window` rows, the oldest at the place the next one takes. All zero at first. */
  readonly #rows: Float32Array[]
  readonly #nothing: Float32Array
  readonly #means: Float32Array
  readonly #emit: (means: Float32Array) => void
  #steps = 0

  /** `emit` gets the rows of means in order; the array it gets is used again for the next row. */
  constructor(width: number, height: number, emit: (means: Float32Array) => void) {
    this.#height = height
    this.#window = windowOf(height)
    this.#reach = reachOf(this.#window)
    this.#sums = new Float32Array(width)
    this.#rows = Array.from({ length: this.#window }, () => new Float32Array(width))
    this.#nothing = new Float32Array(width)
    this.#means = new Float32Array(width)
    this.#emit = emit
  }

  /** Take the next row. After the last one the rows still owed are emitted as well. */
  push(row: Float32Array): void {
    this.#step(row)
    if (this.#steps < this.#height) return
    while (this.#steps < this.#height + this.#reach - 1) this.#step(this.#nothing)
  }

  /** Below the last row nothing enters, and adding zero leaves a sum as it is: one rule for all. */
  #step(entering: Float32Array): void {
    const leaving = this.#rows[this.#steps % this.#window]!
    this.#steps++
    const count = countAfter(this.#steps, this.#height, this.#window)
    slide(this.#sums, entering, leaving, count, this.#means)
    if (this.#steps >= this.#reach) this.#emit(this.#means)
  }
}

/**
 * Move the window on by one row and take the means of the `count` rows now in it.
 *
 * The entering row takes the leaving one's place in memory.
 */
function slide(
  sums: Float32Array,
  entering: Float32Array,
  leaving: Float32Array,
  count: number,
  means: Float32Array,
): void {
  for (let x = 0; x < sums.length; x++) {
    const value = entering[x]!
    const sum = Math.fround(Math.fround(sums[x]! + value) - leaving[x]!)
    leaving[x] = value
    sums[x] = sum
    means[x] = sum / count
  }
}
