/** The filter of PDQ in plain TypeScript: for browsers without SIMD, and the measure of the other. */
import { GRID } from './grid.ts'
import { lumaOfRow } from './luma.ts'
import { BlockMeans, type LumaPlane } from './reduced_plane.ts'
import type { Filter } from './stream.ts'
import { Tent } from './tent.ts'

export class TypeScriptFilter implements Filter {
  readonly #luma: Float32Array
  readonly #sampler: Sampler
  readonly #blocks: BlockMeans | undefined

  constructor(width: number, height: number, plane: boolean) {
    this.#luma = new Float32Array(width)
    this.#sampler = isGrid(width, height) ? new Unfiltered() : new Tent(width, height)
    this.#blocks = plane ? new BlockMeans(width, height) : undefined
  }

  pushRgba(rgba: Uint8ClampedArray): void {
    for (let from = 0; from < rgba.length; from += 4 * this.#luma.length) {
      lumaOfRow(rgba, from, this.#luma)
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

/** What turns rows of luma into 64 x 64 samples. */
interface Sampler {
  readonly samples: Float32Array
  push(luma: Float32Array): void
}

/** A picture that has the grid's size already is taken as it is. Source: the reference implementation. */
class Unfiltered implements Sampler {
  readonly samples = new Float32Array(GRID * GRID)
  #rows = 0

  push(luma: Float32Array): void {
    this.samples.set(luma, GRID * this.#rows++)
  }
}

/** Whether a picture is taken without any filter. */
export function isGrid(width: number, height: number): boolean {
  return width === GRID && height === GRID
}
