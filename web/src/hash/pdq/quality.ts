/** Stage 3 of PDQ: how much there is to see in the 64 x 64 samples, from 0 to 100. */
import { GRID } from './grid.ts'

/**
 * The sum of all steps between neighbours, in percent of full brightness, scaled.
 *
 * Each step is cut to whole percents first, so that faint noise counts for nothing.
 * Source: the PDQ paper, "image-domain quality metric"; the divisor 90 is a heuristic of its authors.
 */
export function qualityOf(samples: Float32Array): number {
  let steps = 0
  for (let y = 0; y < GRID; y++) {
    for (let x = 0; x < GRID; x++) {
      const here = samples[y * GRID + x]!
      if (x + 1 < GRID) steps += percent(here, samples[y * GRID + x + 1]!)
      if (y + 1 < GRID) steps += percent(here, samples[(y + 1) * GRID + x]!)
    }
  }
  return Math.min(100, Math.floor(steps / 90))
}

function percent(one: number, other: number): number {
  const difference = Math.fround(one - other)
  return Math.abs(Math.trunc(Math.fround(Math.fround(difference * 100) / 255)))
}
