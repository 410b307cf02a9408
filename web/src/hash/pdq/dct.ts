/** Stage 4 of PDQ: the 16 x 16 lowest frequencies of the 64 x 64 samples, the constant left out. */
import { GRID } from './grid.ts'

export const FREQUENCIES = 16

/** Frequency 1 to 16 (rows) at each of the 64 points (columns). Source: Zauner (2010), DCT-II. */
const COSINES = Float32Array.from({ length: FREQUENCIES * GRID }, (_, i) => {
  const frequency = Math.floor(i / GRID) + 1
  const point = i % GRID
  const scale = Math.fround(Math.sqrt(2 / GRID))
  return scale * Math.cos((Math.PI / 2 / GRID) * frequency * (2 * point + 1))
})

/** Transform both directions; every product and every sum is rounded to single precision. */
export function frequenciesOf(samples: Float32Array): Float32Array {
  const down = new Float32Array(FREQUENCIES * GRID)
  for (let i = 0; i < FREQUENCIES; i++) {
    for (let x = 0; x < GRID; x++) down[i * GRID + x] = dot(i, samples, x, GRID)
  }
  const both = new Float32Array(FREQUENCIES * FREQUENCIES)
  for (let i = 0; i < FREQUENCIES; i++) {
    for (let j = 0; j < FREQUENCIES; j++) both[i * FREQUENCIES + j] = dot(j, down, i * GRID, 1)
  }
  return both
}

/** Cosines of one frequency against 64 values, `stride` apart from `from` on. */
function dot(frequency: number, values: Float32Array, from: number, stride: number): number {
  let sum = 0
  for (let k = 0; k < GRID; k++) {
    const product = Math.fround(COSINES[frequency * GRID + k]! * values[from + k * stride]!)
    sum = Math.fround(sum + product)
  }
  return sum
}
