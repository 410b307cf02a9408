/**
 * Stage 2 of PDQ, whole: blur a picture of any size and sample it at 64 x 64 points.
 *
 * Two box filters in a row weigh a pixel's neighbours like a tent. The reference runs them over
 * two full-size copies of the picture; here rows stream through all four passes, and behind the
 * third only the 64 sampled columns go on, because no other is ever looked at.
 */
import { BoxAlongColumns } from './box_columns.ts'
import { BoxAlongRows } from './box_rows.ts'
import { GRID, samplePositions } from './grid.ts'

export class Tent {
  /** The 64 x 64 samples, row by row; complete once every row has been pushed. */
  readonly samples = new Float32Array(GRID * GRID)
  readonly #columns: Uint32Array
  readonly #rows: Uint32Array
  readonly #first: BoxAlongRows
  readonly #sampledColumns = new Float32Array(GRID)
  #row = 0
  #sampledRows = 0

  constructor(width: number, height: number) {
    this.#columns = samplePositions(width)
    this.#rows = samplePositions(height)
    const fourth = new BoxAlongColumns(GRID, height, (row) => {
      this.#sampleRow(row)
    })
    const third = new BoxAlongRows(width, height, (row) => {
      fourth.push(this.#sampleColumns(row))
    })
    const second = new BoxAlongColumns(width, height, (row) => {
      third.push(row)
    })
    this.#first = new BoxAlongRows(width, height, (row) => {
      second.push(row)
    })
  }

  /** Take the next row of luma. */
  push(luma: Float32Array): void {
    this.#first.push(luma)
  }

  #sampleColumns(row: Float32Array): Float32Array {
    for (let cell = 0; cell < GRID; cell++) this.#sampledColumns[cell] = row[this.#columns[cell]!]!
    return this.#sampledColumns
  }

  /** Keep a row as often as it is sampled: a picture lower than 64 pixels repeats its rows. */
  #sampleRow(row: Float32Array): void {
    while (this.#rows[this.#sampledRows] === this.#row) {
      this.samples.set(row, GRID * this.#sampledRows++)
    }
    this.#row++
  }
}
