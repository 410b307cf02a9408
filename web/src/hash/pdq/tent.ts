/**
 * Stage 2 of PDQ, whole: blur a picture of any size and sample it at 64 x 64 points.
 *
 * Two box filters in a row weigh a pixel's neighbours like a tent. The reference runs them over
 * two full-size copies of the picture; here rows stream through all four passes, and behind the
 * third only the 64 sampled columns go on, because no other is ever looked at.
 */
import { BoxAlongColumns, boxAlongRow, windowOf } from './box.ts'
import { GRID, samplePositions } from './grid.ts'

export class Tent {
  /** The 64 x 64 samples, row by row; complete once every row has been pushed. */
  readonly samples = new Float32Array(GRID * GRID)
  readonly #window: number
  readonly #columns: Uint32Array
  readonly #rows: Uint32Array
  readonly #blurred: Float32Array
  readonly #sampled = new Float32Array(GRID)
  readonly #first: BoxAlongColumns
  readonly #second: BoxAlongColumns
  #row = 0
  #sampledRows = 0

  constructor(width: number, height: number) {
    this.#window = windowOf(width)
    this.#columns = samplePositions(width)
    this.#rows = samplePositions(height)
    this.#blurred = new Float32Array(width)
    this.#first = new BoxAlongColumns(width, height, (row) => {
      this.#secondPass(row)
    })
    this.#second = new BoxAlongColumns(GRID, height, (row) => {
      this.#sample(row)
    })
  }

  /** Take the next row of luma. */
  push(luma: Float32Array): void {
    boxAlongRow(luma, this.#blurred, this.#window)
    this.#first.push(this.#blurred)
  }

  #secondPass(row: Float32Array): void {
    boxAlongRow(row, this.#blurred, this.#window)
    for (let cell = 0; cell < GRID; cell++)
      this.#sampled[cell] = this.#blurred[this.#columns[cell]!]!
    this.#second.push(this.#sampled)
  }

  /** Keep a row as often as it is sampled: a picture lower than 64 pixels repeats its rows. */
  #sample(row: Float32Array): void {
    while (this.#rows[this.#sampledRows] === this.#row) {
      this.samples.set(row, GRID * this.#sampledRows++)
    }
    this.#row++
  }
}
