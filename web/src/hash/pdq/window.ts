/**
 * Stage 2 of PDQ, its measure: the window over which the box filters take their means.
 *
 * Source: the PDQ paper (2019), "Jarosz filter", and the reference implementation.
 */
import { GRID } from './grid.ts'

/** Two box filters in a row, along rows and along columns, are what the paper calls a tent. */
const PASSES = 2

/** The window along a side of `length` pixels: two passes of it span one cell of the grid. */
export function windowOf(length: number): number {
  return Math.floor((length + PASSES * GRID - 1) / (PASSES * GRID))
}

/** How many values enter before the first mean is taken: those from its centre rightwards. */
export function reachOf(window: number): number {
  return Math.floor((window + 2) / 2)
}

/** How many of a side's `length` values are in the window after `steps` of them were due. */
export function countAfter(steps: number, length: number, window: number): number {
  return Math.min(steps, length) - Math.max(0, steps - window)
}
