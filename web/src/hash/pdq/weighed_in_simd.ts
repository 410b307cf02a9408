/** Rows of a plane weighed together in WebAssembly; its source is `web/kernel/views.c`. */
import type { Exports, Instances } from './in_simd.ts'
import type { LumaPlane } from './reduced_plane.ts'
import type { WeighedRows, Weights } from './weighed_rows.ts'

/** Numbers that the kernel reads and writes at once, and so perhaps beyond a row. */
const LINE = 16
const BYTES = Float32Array.BYTES_PER_ELEMENT

export class SimdRows implements WeighedRows {
  readonly #instances: Instances
  readonly #kernel: Exports
  readonly #width: number
  readonly #plane: number
  readonly #shares: Float32Array
  readonly #sum: Float32Array

  /** Raises: RangeError when there is no memory for the plane. */
  constructor({ width, height, luma }: LumaPlane, instances: Instances) {
    this.#instances = instances
    this.#kernel = instances.take()
    this.#width = width
    const numbers = luma.length + height + width + 2 * LINE
    this.#plane = this.#kernel.room(BYTES * numbers)
    if (this.#plane === 0) throw new RangeError(`no memory for a plane of ${width} x ${height}`)
    const { buffer } = this.#kernel.memory
    new Float32Array(buffer, this.#plane, luma.length).set(luma)
    this.#shares = new Float32Array(buffer, this.#plane + BYTES * (luma.length + LINE), height)
    this.#sum = new Float32Array(buffer, this.#shares.byteOffset + BYTES * height, width)
  }

  sum({ first, shares }: Weights): Float32Array {
    this.#shares.set(shares)
    this.#kernel.weigh_rows(
      this.#plane + BYTES * first * this.#width,
      this.#width,
      this.#shares.byteOffset,
      shares.length,
      this.#sum.byteOffset,
    )
    return this.#sum
  }

  close(): void {
    this.#instances.giveBack(this.#kernel)
  }
}
