/** The upright rows of a picture that is read in pieces as it lies in its file. */
import { liesOnASide, type Orientation } from './orientation.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

/** High enough to cost few calls, low enough that a strip stays small beside the picture. */
export const STRIP_ROWS = 64

export function sizeAfter({ width, height }: Size, orientation: Orientation): Size {
  return liesOnASide(orientation) ? { width: height, height: width } : { width, height }
}

/** Where in the stored picture the pixels of upright rows lie. */
export function whereRowsLie(
  orientation: Orientation,
  { width, height }: Size,
  top: number,
  rows: number,
): { x: number; y: number; width: number; height: number } {
  if (liesOnASide(orientation))
    return { x: orientation > 6 ? width - top - rows : top, y: 0, width: rows, height }
  const upended = orientation === 3 || orientation === 4
  return { x: 0, y: upended ? height - top - rows : top, width, height: rows }
}

/**
 * Write the first upright rows of a stored piece into `out`, which has room for whole ones.
 * `from` counts rows of the upright piece.
 */
export function turnRows(
  orientation: Orientation,
  piece: Uint32Array,
  size: Size,
  from: number,
  out: Uint32Array,
): void {
  const length = liesOnASide(orientation) ? size.height : size.width
  const { first, across, down } = walkOf(orientation, size)
  for (let row = from, to = 0; to < out.length; row++) {
    let at = first + row * down
    for (const end = to + length; to < end; to++, at += across) out[to] = piece[at] ?? 0
  }
}

interface Walk {
  /** Where in the piece the first pixel of the first upright row lies. */
  readonly first: number
  /** From there to the next one in the row, and to the first one of the next row. */
  readonly across: number
  readonly down: number
}

function walkOf(orientation: Orientation, { width: w, height: h }: Size): Walk {
  const walks: Record<Orientation, Walk> = {
    1: { first: 0, across: 1, down: w },
    2: { first: w - 1, across: -1, down: w },
    3: { first: w * h - 1, across: -1, down: -w },
    4: { first: w * (h - 1), across: 1, down: -w },
    5: { first: 0, across: w, down: 1 },
    6: { first: w * (h - 1), across: -w, down: 1 },
    7: { first: w * h - 1, across: -w, down: -1 },
    8: { first: w - 1, across: w, down: -1 },
  }
  return walks[orientation]
}
