/**
 * The versions of a picture that are hashed beside the upright one: those that people make of a
 * picture and that nobody can undo afterwards. `docs/decisions/` has the figures behind the choice.
 */
import type { Rectangle, View } from '../pdq/compensated.ts'
import { GRID } from '../pdq/grid.ts'

interface Size {
  readonly width: number
  readonly height: number
}

/** The parts of width and height that a crop cuts off, half of each from either side. */
interface Cut {
  readonly across: number
  readonly down: number
}

interface Variant {
  readonly name: string
  /**
   * The view of an upright picture of this size; undefined if it would be the picture itself, or of
   * fewer pixels than PDQ has places to look at.
   */
  readonly view: (size: Size) => View | undefined
}

/** In the order of their worth. `contract/signal_types.json` has the same names. */
export const VARIANTS: readonly Variant[] = [
  { name: 'mirrored', view: () => ({ mirror: true }) },
  { name: 'crop-4', view: (size) => cut(size, { across: 0.04, down: 0.04 }) },
  { name: 'crop-10', view: (size) => cut(size, { across: 0.1, down: 0.1 }) },
  { name: 'crop-17', view: (size) => cut(size, { across: 0.17, down: 0.17 }) },
  { name: 'crop-1x1', view: (size) => cut(size, toShape(size, 1)) },
  { name: 'crop-4x5', view: (size) => cut(size, toShape(size, 4 / 5)) },
]

function cut({ width, height }: Size, { across, down }: Cut): View | undefined {
  const left = Math.round((width * across) / 2)
  const top = Math.round((height * down) / 2)
  const crop: Rectangle = { left, top, width: width - 2 * left, height: height - 2 * top }
  return left + top > 0 && Math.min(crop.width, crop.height) >= GRID ? { crop } : undefined
}

/** Keep the largest part whose width is `shape` times its height. */
function toShape({ width, height }: Size, shape: number): Cut {
  return width > shape * height
    ? { across: 1 - (shape * height) / width, down: 0 }
    : { across: 0, down: 1 - width / shape / height }
}
