/** Rows of a plane weighed together, in plain TypeScript: the measure of `weighed_in_simd.ts`. */
import type { LumaPlane } from './reduced_plane.ts'

/** Some neighbours, and what share each has in their sum. */
export interface Weights {
  readonly first: number
  readonly shares: Float32Array
}

export interface WeighedRows {
  /** The sum of these rows by their shares. It is in the place of the one before. */
  sum(weights: Weights): Float32Array
  /** Let another picture have the memory. */
  close(): void
}

/** Every product and every sum is rounded to single precision, in the order of the rows. */
export class PlainRows implements WeighedRows {
  readonly #plane: LumaPlane
  readonly #sum: Float32Array

  constructor(plane: LumaPlane) {
    this.#plane = plane
    this.#sum = new Float32Array(plane.width)
  }

  sum({ first, shares }: Weights): Float32Array {
    const { luma, width } = this.#plane
    this.#sum.fill(0)
    shares.forEach((share, row) => {
      const from = (first + row) * width
      for (let x = 0; x < width; x++) this.#sum[x]! += Math.fround(share * luma[from + x]!)
    })
    return this.#sum
  }

  close(): void {
    // Nothing is shared with another picture.
  }
}
