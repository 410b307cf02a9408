/** One direction of a view: what each block of the plane counts in each of the 64 samples. */
import { samplePositions } from './grid.ts'
import type { Weights } from './weighed_rows.ts'
import { reachOf, windowOf } from './window.ts'

/** `length` pixels of the picture from `start` on, seen forwards or backwards. */
export class Side {
  readonly #start: number
  readonly #length: number
  readonly #reversed: boolean

  constructor(start: number, length: number, reversed: boolean) {
    this.#start = start
    this.#length = length
    this.#reversed = reversed
  }

  /** The weights of the blocks, each `span` pixels long, in each of the 64 samples. */
  weights(blocks: number, span: number): Weights[] {
    return Array.from(samplePositions(this.#length), (position) =>
      this.#overBlocks(tentAt(position, this.#length), blocks, span),
    )
  }

  #overBlocks({ first, shares }: Weights, blocks: number, span: number): Weights {
    const ends = [this.#pixelAt(first), this.#pixelAt(first + shares.length - 1)]
    const blockOf = (place: number): number => Math.min(blocks - 1, Math.floor(place / span))
    const low = blockOf(Math.min(...ends))
    const high = blockOf(Math.max(...ends) + 1)
    const sums = new Float32Array(high - low + 1)
    for (let i = 0; i < shares.length; i++) {
      const pixel = this.#pixelAt(first + i)
      const block = blockOf(pixel)
      const inside = Math.min(1, Math.max(0, (block + 1) * span - pixel))
      sums[block - low]! += shares[i]! * inside
      if (inside < 1) sums[Math.min(block + 1, high) - low]! += shares[i]! * (1 - inside)
    }
    return { first: low, shares: sums }
  }

  #pixelAt(place: number): number {
    return this.#start + (this.#reversed ? this.#length - 1 - place : place)
  }
}

/** How much each pixel of a side counts in the sample at `position`, through both box filters. */
function tentAt(position: number, length: number): Weights {
  const outer = boxAt(position, length)
  const first = boxAt(outer.from, length).from
  const steps = new Float64Array(boxAt(outer.to - 1, length).to - first + 1)
  for (let middle = outer.from; middle < outer.to; middle++) {
    const inner = boxAt(middle, length)
    const share = 1 / (outer.to - outer.from) / (inner.to - inner.from)
    steps[inner.from - first]! += share
    steps[inner.to - first]! -= share
  }
  for (let i = 1; i < steps.length; i++) steps[i]! += steps[i - 1]!
  return { first, shares: Float32Array.from(steps.subarray(0, -1)) }
}

/** The pixels whose mean a box filter takes at `position`: from `from` up to, not including, `to`. */
function boxAt(position: number, length: number): { from: number; to: number } {
  const window = windowOf(length)
  const end = position + reachOf(window)
  return { from: Math.max(0, end - window), to: Math.min(length, end) }
}
