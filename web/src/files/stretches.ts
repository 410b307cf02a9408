/** A long list in stretches, each of which can be on the screen or not as a whole. */

const LENGTH = 40

export interface Stretch<Row> {
  readonly index: number
  readonly rows: readonly Row[]
}

/** By number and not by place: removing a row leaves all other stretches as they are. */
export function stretches<Row extends { readonly number: number }>(
  rows: readonly Row[],
): Stretch<Row>[] {
  const found = new Map<number, Row[]>()
  for (const row of rows) {
    const index = Math.floor((row.number - 1) / LENGTH)
    const stretch = found.get(index)
    if (stretch) stretch.push(row)
    else found.set(index, [row])
  }
  return Array.from(found, ([index, rows]) => ({ index, rows }))
}
