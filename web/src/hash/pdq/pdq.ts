/** PDQ, whole: rows of RGBA go in from top to bottom, one hash and its quality come out. */
import { hexOf } from './bits.ts'
import { frequenciesOf } from './dct.ts'
import { GRID } from './grid.ts'
import { lumaOfRow } from './luma.ts'
import { qualityOf } from './quality.ts'
import { Tent } from './tent.ts'

/** 64 hexadecimal digits, and 0 (nothing to see) to 100. */
export interface Pdq {
  hash: string
  quality: number
}

/** Smaller pictures get no hash. Source: the reference implementation. */
const SMALLEST_SIDE = 5
const NO_HASH: Pdq = { hash: '0'.repeat(64), quality: 0 }

/** The hash of one picture, taken in strips of any height, so that it need never be whole in memory. */
export class PdqStream {
  readonly #width: number
  readonly #height: number
  readonly #luma: Float32Array
  readonly #sampler: Sampler
  #rows = 0

  constructor(width: number, height: number) {
    this.#width = width
    this.#height = height
    this.#luma = new Float32Array(width)
    this.#sampler = width === GRID && height === GRID ? new Unfiltered() : new Tent(width, height)
  }

  /** Take the next whole rows, four bytes a pixel. */
  push(rgba: Uint8ClampedArray): void {
    for (let from = 0; from < rgba.length; from += 4 * this.#width) {
      lumaOfRow(rgba, from, this.#luma)
      this.#sampler.push(this.#luma)
      this.#rows++
    }
  }

  /** How much of the picture has been taken, from 0 to 1. */
  get done(): number {
    return this.#rows / this.#height
  }

  /** Raises: RangeError when the rows pushed are not the picture's height. */
  finish(): Pdq {
    if (this.#rows !== this.#height) throw new RangeError(`${this.#rows} rows of ${this.#height}`)
    if (Math.min(this.#width, this.#height) < SMALLEST_SIDE) return NO_HASH
    const { samples } = this.#sampler
    return { hash: hexOf(frequenciesOf(samples)), quality: qualityOf(samples) }
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
