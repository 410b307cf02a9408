/**
 * The hash of a view of a picture, a crop or a turn, from a plane of its blocks.
 *
 * Whoever hashes a scaled-down copy looks at other points than the reference does, through a blur of
 * another width. Here points and blur are those of the full-size view, and only then are they laid over
 * the blocks: what is lost is the detail inside of a block, and that is finer than PDQ's blur.
 */
import { GRID } from './grid.ts'
import { pdqOfSamples, type Pdq } from './pdq.ts'
import type { LumaPlane } from './reduced_plane.ts'
import { Side } from './side.ts'
import type { WeighedRows, Weights } from './weighed_rows.ts'

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

/** The hash that the view would have at full size, within a few bits. `rows` are those of the plane. */
export function pdqOfPlane(rows: WeighedRows, plane: LumaPlane, view: View): Pdq {
  const { crop = { left: 0, top: 0, ...plane.original }, mirror = false, turns = 0 } = view
  // A turn by half reverses both directions; a quarter reverses the new rows, which were columns.
  const across = new Side(crop.left, crop.width, mirror !== (turns === 2 || turns === 3))
  const down = new Side(crop.top, crop.height, turns === 1 || turns === 2)
  const samples = samplesOf(
    rows,
    across.weights(plane.width, plane.block.width),
    down.weights(plane.height, plane.block.height),
  )
  const turned = turns % 2 === 0 ? samples : transposed(samples)
  return pdqOfSamples(crop.width, crop.height, turned)
}

/** Weigh whole rows first, which lie close together: only the 64 that come out of that go on. */
function samplesOf(rows: WeighedRows, across: Weights[], down: Weights[]): Float32Array {
  const samples = new Float32Array(GRID * GRID)
  down.forEach((weights, y) => {
    const row = rows.sum(weights)
    for (let x = 0; x < GRID; x++) samples[y * GRID + x] = weighed(across[x]!, row)
  })
  return samples
}

function weighed({ first, shares }: Weights, values: Float32Array): number {
  let sum = 0
  for (let i = 0; i < shares.length; i++) sum += shares[i]! * values[first + i]!
  return sum
}

function transposed(samples: Float32Array): Float32Array {
  return samples.map((_, i) => samples[(i % GRID) * GRID + Math.floor(i / GRID)]!)
}
