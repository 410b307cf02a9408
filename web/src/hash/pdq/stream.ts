/** The hash of one picture, taken in strips of any height, so that it need never be whole in memory. */
import type { Order } from './luma.ts'
import { pdqOfSamples, type Pdq } from './pdq.ts'
import type { LumaPlane } from './reduced_plane.ts'

/** Rows go in from top to bottom; what a kernel makes of them comes out. */
export interface Filter {
  /** Take whole rows, four bytes a pixel. */
  push(bytes: Uint8ClampedArray, order: Order): void
  /** Take whole rows of brightness, 0 to 255. */
  pushLuma(luma: Float32Array | Uint8Array): void
  /** The 64 x 64 samples, row by row, once every row has been taken. */
  samples(): Float32Array
  /** The picture in blocks, once every row has been taken; undefined if nobody asked for it. */
  plane(): LumaPlane | undefined
  /** Let another picture have the memory. */
  close(): void
}

export class PdqStream {
  readonly #width: number
  readonly #height: number
  /** Gone once the hash is made: its memory may then belong to another picture. */
  #filter: Filter | undefined
  #plane: LumaPlane | undefined
  #rows = 0

  constructor(width: number, height: number, filter: Filter) {
    this.#width = width
    this.#height = height
    this.#filter = filter
  }

  /**
   * Take the next whole rows, four bytes a pixel. Alpha is left out.
   *
   * Raises: RangeError when the bytes are no whole rows, or more than the picture has.
   */
  push(bytes: Uint8ClampedArray, order: Order = 'RGBA'): void {
    this.#admit(bytes.length / 4).push(bytes, order)
  }

  /** The same for rows of luma, 0 to 255 and one value a pixel, as video decoders give them. */
  pushLuma(luma: Float32Array | Uint8Array): void {
    this.#admit(luma.length).pushLuma(luma)
  }

  /** How much of the picture has been taken, from 0 to 1. */
  get done(): number {
    return this.#rows / this.#height
  }

  /** Raises: RangeError when the rows pushed are not the picture's height, or at a second call. */
  finish(): Pdq {
    const filter = this.#open()
    if (this.#rows !== this.#height) throw new RangeError(`${this.#rows} rows of ${this.#height}`)
    const pdq = pdqOfSamples(this.#width, this.#height, filter.samples())
    this.#plane = filter.plane()
    this.close()
    return pdq
  }

  /** Let another picture have the memory, whether or not all rows have come. */
  close(): void {
    this.#filter?.close()
    this.#filter = undefined
  }

  /** The picture in blocks, after `finish`. Raises: RangeError before, or if it was not asked for. */
  plane(): LumaPlane {
    if (!this.#plane) throw new RangeError('no plane was asked for, or the hash is not finished')
    return this.#plane
  }

  #admit(pixels: number): Filter {
    const filter = this.#open()
    const rows = pixels / this.#width
    if (!Number.isInteger(rows) || this.#rows + rows > this.#height) {
      throw new RangeError(`${this.#rows} and ${rows} rows of ${this.#height}`)
    }
    this.#rows += rows
    return filter
  }

  #open(): Filter {
    if (!this.#filter) throw new RangeError('the hash is finished')
    return this.#filter
  }
}
