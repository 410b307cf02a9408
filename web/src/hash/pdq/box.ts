/**
 * Stage 2 of PDQ, its parts: the running mean ("box filter") along a row and along the columns.
 *
 * Every sum and every quotient is rounded to single precision, in the reference's order: add the
 * value that enters the window, subtract the one that leaves, divide. A running sum carries its
 * rounding errors along, so any other order gives other bits in flat parts of a picture.
 * Source: the PDQ paper (2019), "Jarosz filter", and the reference implementation.
 */

import { GRID } from './grid.ts'

const PASSES = 2

/** The width of the window along a side of `length` pixels: two passes of it span one grid cell. */
export function windowOf(length: number): number {
  return Math.floor((length + PASSES * GRID - 1) / (PASSES * GRID))
}

/** How many values lie from the window's centre to its right edge, both included. */
function reachOf(window: number): number {
  return Math.floor((window + 2) / 2)
}

/** Write the running mean of `row` into `means`; at the ends the window is cut off. */
export function boxAlongRow(row: Float32Array, means: Float32Array, window: number): void {
  const length = row.length
  const reach = reachOf(window)
  let sum = 0
  let entering = 0
  let leaving = 0
  let at = 0
  while (entering < reach - 1) sum = Math.fround(sum + row[entering++]!)
  while (entering < window) {
    sum = Math.fround(sum + row[entering++]!)
    means[at++] = sum / entering
  }
  while (entering < length) {
    sum = Math.fround(Math.fround(sum + row[entering++]!) - row[leaving++]!)
    means[at++] = sum / window
  }
  while (at < length) {
    sum = Math.fround(sum - row[leaving++]!)
    means[at++] = sum / (length - leaving)
  }
}

/**
 * The running mean along every column at once, fed row by row.
 *
 * It remembers one window of rows, not the picture: that is what bounds the memory of a hash.
 */
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
    const centre = this.#steps - this.#reach
    if (centre < 0) slide(this.#sums, entering, leaving)
    else {
      const first = Math.max(0, this.#steps - this.#window)
      const count = Math.min(this.#steps, this.#height) - first
      slideAndDivide(this.#sums, entering, leaving, count, this.#means)
      this.#emit(this.#means)
    }
  }
}

/** Move the window on by one row; the entering row takes the leaving one's place in memory. */
function slide(sums: Float32Array, entering: Float32Array, leaving: Float32Array): void {
  for (let x = 0; x < sums.length; x++) {
    const value = entering[x]!
    sums[x] = Math.fround(sums[x]! + value) - leaving[x]!
    leaving[x] = value
  }
}

/** `slide`, and the mean of the `count` rows now in the window. */
function slideAndDivide(
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
