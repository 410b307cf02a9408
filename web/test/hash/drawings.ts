/**
 * Pictures from integer formulas, so that any language draws them alike without a decoder.
 *
 * `tests/hashing/drawings.py` holds the same formulas.
 */

export interface Drawing {
  kind: string
  width: number
  height: number
  /** The formula's one parameter: a brightness or a size in pixels. */
  grain: number
}

type Formula = (x: number, y: number, channel: number, drawing: Drawing) => number

/** The picture as opaque RGBA bytes. */
export function draw(drawing: Drawing): Uint8ClampedArray {
  const formula = FORMULAS[drawing.kind]
  if (!formula) throw new Error(`No formula draws ${drawing.kind}`)
  const rgba = new Uint8ClampedArray(4 * drawing.width * drawing.height).fill(255)
  for (let i = 0; i < rgba.length; i++) {
    const pixel = i >> 2
    const x = pixel % drawing.width
    const y = Math.floor(pixel / drawing.width)
    if ((i & 3) < 3) rgba[i] = formula(x, y, i & 3, drawing)
  }
  return rgba
}

const FORMULAS: Record<string, Formula> = {
  flat: (_x, _y, _channel, { grain }) => grain,

  /** Brighter to the right in red, downwards in green; blue takes the mean of both. */
  ramp: (x, y, channel, { width, height }) => {
    const across = Math.floor((x * 255) / Math.max(1, width - 1))
    const down = Math.floor((y * 255) / Math.max(1, height - 1))
    return [across, down, (across + down) >> 1][channel] ?? 0
  },

  checkers: (x, y, _channel, { grain }) =>
    ((Math.floor(x / grain) + Math.floor(y / grain)) % 2) * 255,

  speckle: (x, y, channel, { grain }) =>
    randomByte(Math.floor(x / grain), Math.floor(y / grain), channel),

  /** Random heights on a lattice with even slopes between: the nearest thing to a photograph. */
  hills: (x, y, channel, { grain }) => {
    const column = Math.floor(x / grain)
    const row = Math.floor(y / grain)
    const right = x % grain
    const between = (at: number): number =>
      randomByte(column, at, channel) * (grain - right) +
      randomByte(column + 1, at, channel) * right
    const down = y % grain
    return Math.floor((between(row) * (grain - down) + between(row + 1) * down) / (grain * grain))
  },
}

/** Mix a place into a byte, modulo 2**32 all the way. Source: the lowbias32 integer hash. */
function randomByte(x: number, y: number, channel: number): number {
  let mixed = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca77) ^ (channel * 0x2545f491)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b)
  return (mixed ^ (mixed >>> 16)) >>> 24
}
