/** The filter of PDQ in plain TypeScript: for browsers without SIMD, and the measure of the other. */
import { GRID } from './grid.ts'
import { lumaOfRow, type Order } from './luma.ts'
import { BlockMeans, type LumaPlane } from './reduced_plane.ts'
import type { Filter } from './stream.ts'
import { Tent } from './tent.ts'

/** What turns rows of luma into 64 x 64 samples. */
interface Sampler {
  readonly samples: Float32Array
  push(luma: Float32Array): void
}

/** A filter that goes row by row: only what becomes of the rows is left open. */
class RowByRow implements Filter {
  readonly #luma: Float32Array
  readonly #sampler: Sampler
  readonly #blocks: BlockMeans | undefined

  constructor(width: number, height: number, plane: boolean, sampler: Sampler) {
    this.#luma = new Float32Array(width)
    this.#sampler = sampler
    this.#blocks = plane ? new BlockMeans(width, height) : undefined
  }

  push(bytes: Uint8ClampedArray, order: Order): void {
    for (let from = 0; from < bytes.length; from += 4 * this.#luma.length) {
      lumaOfRow(bytes, from, this.#luma, order)
      this.#take()
    }
  }

  pushLuma(luma: Float32Array | Uint8Array): void {
    const width = this.#luma.length
    for (let from = 0; from < luma.length; from += width) {
      this.#luma.set(luma.subarray(from, from + width))
      this.#take()
    }
  }

  samples(): Float32Array {
    return this.#sampler.samples
  }

  plane(): LumaPlane | undefined {
    return this.#blocks?.plane
  }

  close(): void {
    // Nothing is shared with another picture.
  }

  #take(): void {
    this.#sampler.push(this.#luma)
    this.#blocks?.push(this.#luma)
  }
}

/** The blur and the sampling of the reference. */
export function tentFilter(width: number, height: number, plane: boolean): Filter {
  return new RowByRow(width, height, plane, new Tent(width, height))
}

/** Rows of a picture that is 64 x 64 already, as they are. */
export function noFilter(width: number, height: number, plane: boolean): Filter {
  const samples = new Float32Array(GRID * GRID)
  let rows = 0
  const push = (luma: Float32Array): void => samples.set(luma, GRID * rows++)
  return new RowByRow(width, height, plane, { samples, push })
}
