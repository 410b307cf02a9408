/**
 * Stage 2 of PDQ, horizontally: the running mean ("box filter") along every row.
 *
 * The order of rounding is that of `box_columns.ts`. Each sum waits for the one before it, so a
 * processor that follows a single row idles most of the time: four rows go side by side.
 */
import { countAfter, reachOf, windowOf } from './window.ts'

type Four<T> = readonly [T, T, T, T]

export class BoxAlongRows {
  readonly #height: number
  readonly #window: number
  /** How many values are in the window at each step; the first `reach` - 1 yield no mean. */
  readonly #counts: Float32Array
  /** A window of zeros, the row, and zeros again, so that nothing enters or leaves at the ends. */
  readonly #rows: Four<Float32Array>
  readonly #steps: Four<Float32Array>
  /** The means in `#steps`, without the steps before the first mean. */
  readonly #means: Four<Float32Array>
  readonly #emit: (means: Float32Array) => void
  #pushed = 0

  /** `emit` gets the rows of means in order; the array it gets is used again for a later row. */
  constructor(width: number, height: number, emit: (means: Float32Array) => void) {
    this.#height = height
    this.#window = windowOf(width)
    const before = reachOf(this.#window) - 1
    this.#counts = Float32Array.from({ length: width + before }, (_, step) =>
      countAfter(step + 1, width, this.#window),
    )
    this.#rows = four(() => new Float32Array(this.#window + width + before))
    this.#steps = four(() => new Float32Array(width + before))
    this.#means = four((lane) => this.#steps[lane]!.subarray(before))
    this.#emit = emit
  }

  /** Take the next row. Means come out once four rows are there, or the last one. */
  push(row: Float32Array): void {
    this.#rows[this.#pushed % 4]!.set(row, this.#window)
    this.#pushed++
    if (this.#pushed % 4 !== 0 && this.#pushed !== this.#height) return
    slideFour(this.#rows, this.#window, this.#counts, this.#steps)
    const lanes = this.#pushed % 4 || 4
    for (let lane = 0; lane < lanes; lane++) this.#emit(this.#means[lane]!)
  }
}

/** Move a window along each of four rows from end to end. */
function slideFour(
  [a, b, c, d]: Four<Float32Array>,
  window: number,
  counts: Float32Array,
  [meanA, meanB, meanC, meanD]: Four<Float32Array>,
): void {
  let [sumA, sumB, sumC, sumD] = [0, 0, 0, 0]
  for (let step = 0; step < counts.length; step++) {
    const count = counts[step]!
    const entering = step + window
    sumA = Math.fround(Math.fround(sumA + a[entering]!) - a[step]!)
    sumB = Math.fround(Math.fround(sumB + b[entering]!) - b[step]!)
    sumC = Math.fround(Math.fround(sumC + c[entering]!) - c[step]!)
    sumD = Math.fround(Math.fround(sumD + d[entering]!) - d[step]!)
    meanA[step] = sumA / count
    meanB[step] = sumB / count
    meanC[step] = sumC / count
    meanD[step] = sumD / count
  }
}

function four<T>(make: (lane: number) => T): Four<T> {
  return [make(0), make(1), make(2), make(3)]
}
