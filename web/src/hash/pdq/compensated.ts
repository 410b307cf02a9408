/**
 * The hash of a view of a picture, a crop or a turn, from a plane of its blocks.
 *
 * Whoever hashes a scaled-down copy looks at other points than the reference does, through a blur of
 * another width. Here points and blur are those of the full-size view, and only then are they laid over
 * the blocks: what is lost is the detail inside of a block, and that is finer than PDQ's blur.
 */
import { GRID, samplePositions } from './grid.ts'
import { pdqOfSamples, type Pdq } from './pdq.ts'
import type { LumaPlane } from './reduced_plane.ts'
import { reachOf, windowOf } from './window.ts'

/** Part of a picture, in whole pixels of the original. */
export interface Rectangle {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** How a picture is looked at: cut to `crop`, then mirrored, then turned. */
export interface View {
  readonly crop?: Rectangle
  /** Left and right change places. */
  readonly mirror?: boolean
  /** Quarter turns clockwise. */
  readonly turns?: 0 | 1 | 2 | 3
}

/** The hash that the view would have at full size, within a few bits. */
export function pdqOfPlane(plane: LumaPlane, view: View = {}): Pdq {
  const { crop = { left: 0, top: 0, ...plane.original }, mirror = false, turns = 0 } = view
  // A turn by half reverses both directions; a quarter reverses the new rows, which were columns.
  const across = new Side(crop.left, crop.width, mirror !== (turns === 2 || turns === 3))
  const down = new Side(crop.top, crop.height, turns === 1 || turns === 2)
  const samples = samplesOf(
    plane,
    across.weights(plane.width, plane.block.width),
    down.weights(plane.height, plane.block.height),
  )
  const turned = turns % 2 === 0 ? samples : transposed(samples)
  return pdqOfSamples(crop.width, crop.height, turned)
}

/** Some blocks next to each other, and what share each has in a sample. */
interface Weights {
  readonly first: number
  readonly shares: Float64Array
}

/** One direction of a view: `length` pixels of the picture, seen forwards or backwards. */
class Side {
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
    const pixels = Array.from(shares.keys(), (i) => this.#pixelAt(first + i))
    const blockOf = (place: number): number => Math.min(blocks - 1, Math.floor(place / span))
    const low = blockOf(Math.min(...pixels))
    const high = blockOf(Math.max(...pixels) + 1)
    const sums = new Float64Array(high - low + 1)
    pixels.forEach((pixel, i) => {
      const block = blockOf(pixel)
      const inside = Math.min(1, Math.max(0, (block + 1) * span - pixel))
      sums[block - low]! += shares[i]! * inside
      if (inside < 1) sums[Math.min(block + 1, high) - low]! += shares[i]! * (1 - inside)
    })
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
  return { first, shares: steps.subarray(0, -1) }
}

/** The pixels whose mean a box filter takes at `position`: from `from` up to, not including, `to`. */
function boxAt(position: number, length: number): { from: number; to: number } {
  const window = windowOf(length)
  const end = position + reachOf(window)
  return { from: Math.max(0, end - window), to: Math.min(length, end) }
}

/** Weigh along the rows first: only the 64 columns that come out of that go on. */
function samplesOf(plane: LumaPlane, across: Weights[], down: Weights[]): Float32Array {
  const samples = new Float32Array(GRID * GRID)
  across.forEach((column, x) => {
    const means = new Float64Array(plane.height)
    for (let y = 0; y < plane.height; y++) {
      means[y] = weighed(column, plane.luma, y * plane.width)
    }
    down.forEach((row, y) => (samples[y * GRID + x] = weighed(row, means, 0)))
  })
  return samples
}

/** The weighted sum of a line of values that begins at `from`. */
function weighed(
  { first, shares }: Weights,
  values: Float32Array | Float64Array,
  from: number,
): number {
  let sum = 0
  for (let i = 0; i < shares.length; i++) sum += shares[i]! * values[from + first + i]!
  return sum
}

function transposed(samples: Float32Array): Float32Array {
  return samples.map((_, i) => samples[(i % GRID) * GRID + Math.floor(i / GRID)]!)
}
