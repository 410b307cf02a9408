/**
 * The brightness of a picture in blocks of its pixels: small enough to keep, fine enough to hash
 * other views of the picture from (`compensated.ts`).
 */

/** A picture's blocks row by row, and where they lie in the picture. */
export interface LumaPlane {
  /** The mean brightness of each block, 0 to 255. */
  readonly luma: Float32Array
  /** How many blocks lie side by side, and how many one above the other. */
  readonly width: number
  readonly height: number
  /** What the picture measures, in pixels. */
  readonly original: { readonly width: number; readonly height: number }
  /** How many of the picture's pixels a block spans, in fractions too; the last may be cut off. */
  readonly block: { readonly width: number; readonly height: number }
}

/** The longer side of a plane at most. Hashes stay within 2 of 256 bits of full size (median 0). */
const LONGEST_SIDE = 1024

/** How many pixels a block spans each way in a plane of a picture of this size. */
export function blockFor(width: number, height: number): number {
  return Math.ceil(Math.max(width, height) / LONGEST_SIDE)
}

/** A picture that somebody else scaled down evenly, such as a browser while decoding it. */
export function planeOfReduced(
  luma: Float32Array,
  reduced: { width: number; height: number },
  original: { width: number; height: number },
): LumaPlane {
  const block = { width: original.width / reduced.width, height: original.height / reduced.height }
  return { luma, width: reduced.width, height: reduced.height, original, block }
}

/**
 * Makes a plane while the rows of its picture pass by.
 *
 * A block that the edge cuts off is the mean of the pixels it has. Columns are added up in single
 * precision and blocks in double, in the order of the rows and then of the columns.
 */
export class BlockMeans {
  readonly #width: number
  readonly #height: number
  readonly #block: number
  readonly #columns: Float32Array
  readonly #plane: LumaPlane
  #rows = 0

  constructor(width: number, height: number) {
    const block = blockFor(width, height)
    const across = Math.ceil(width / block)
    const down = Math.ceil(height / block)
    this.#width = width
    this.#height = height
    this.#block = block
    this.#columns = new Float32Array(width)
    this.#plane = {
      luma: new Float32Array(across * down),
      width: across,
      height: down,
      original: { width, height },
      block: { width: block, height: block },
    }
  }

  /** Take the next row of luma. */
  push(luma: Float32Array): void {
    for (let x = 0; x < this.#width; x++) this.#columns[x]! += luma[x]!
    this.#rows++
    const rows = this.#rows % this.#block || this.#block
    if (rows === this.#block || this.#rows === this.#height) this.#endBlocks(rows)
  }

  /** Complete once every row has been pushed. */
  get plane(): LumaPlane {
    return this.#plane
  }

  #endBlocks(rows: number): void {
    const { luma, width } = this.#plane
    const from = width * Math.floor((this.#rows - 1) / this.#block)
    for (let x = 0; x < width; x++) {
      const columns = this.#columns.subarray(x * this.#block, (x + 1) * this.#block)
      luma[from + x] = columns.reduce((sum, value) => sum + value, 0) / (rows * columns.length)
    }
    this.#columns.fill(0)
  }
}
