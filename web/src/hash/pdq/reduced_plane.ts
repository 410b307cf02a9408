/**
 * The brightness of a picture in blocks of its pixels: small enough to keep, fine enough to hash
 * other views of the picture from (`compensated.ts`).
 */

/** Where the blocks of a picture lie. */
export interface Layout {
  /** How many blocks lie side by side, and how many one above the other. */
  readonly width: number
  readonly height: number
  /** What the picture measures, in pixels. */
  readonly original: { readonly width: number; readonly height: number }
  /** How many of the picture's pixels a block spans, in fractions too; the last may be cut off. */
  readonly block: { readonly width: number; readonly height: number }
}

export interface LumaPlane extends Layout {
  /** The mean brightness of each block, 0 to 255, row by row. */
  readonly luma: Float32Array
}

/** The longer side of a plane at most. Hashes stay within 2 of 256 bits of full size (median 0). */
const LONGEST_SIDE = 1024

/** Square blocks of whole pixels, as few as the longest side allows: of a small picture, its pixels. */
export function layoutOf(width: number, height: number): Layout {
  const block = Math.ceil(Math.max(width, height) / LONGEST_SIDE)
  return {
    width: Math.ceil(width / block),
    height: Math.ceil(height / block),
    original: { width, height },
    block: { width: block, height: block },
  }
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
  /** Complete once every row has been pushed. */
  readonly plane: LumaPlane
  readonly #columns: Float32Array
  #rows = 0

  constructor(width: number, height: number) {
    const layout = layoutOf(width, height)
    this.plane = { ...layout, luma: new Float32Array(layout.width * layout.height) }
    this.#columns = new Float32Array(width)
  }

  /** Take the next row of luma. */
  push(luma: Float32Array): void {
    const { block, original } = this.plane
    for (let x = 0; x < original.width; x++) this.#columns[x]! += luma[x]!
    const rows = (this.#rows++ % block.height) + 1
    if (rows === block.height || this.#rows === original.height) this.#endBlocks(rows)
  }

  #endBlocks(rows: number): void {
    const { luma, width, block } = this.plane
    const from = width * Math.floor((this.#rows - 1) / block.height)
    for (let x = 0; x < width; x++) {
      const columns = this.#columns.subarray(x * block.width, (x + 1) * block.width)
      luma[from + x] = columns.reduce((sum, value) => sum + value, 0) / (rows * columns.length)
    }
    this.#columns.fill(0)
  }
}
