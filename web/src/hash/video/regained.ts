/** The samples of a frame that a browser gives as colours only, of its own making. */
import { isCutOff, lumaOf, matrixOf, sampleOf, type Colour, type Matrix } from './matrix.ts'
import type { Pixels } from './pixels.ts'
import type { Layout, Planes } from './planes.ts'

/** Each pixel has samples of its own, whatever the film had. */
export const REGAINED: Layout = { bits: 8, across: 0, down: 0, step: 1 }

/** Enough to know a matrix by. */
const PROBES = 4096

/** Undefined when no known matrix made them: of deeper samples, say, or with a filter. */
export function regained(pixels: Pixels): Planes | undefined {
  const matrix = matrixOf(probesOf(pixels))
  if (!matrix) return undefined
  const { width, height } = pixels
  const plane = () => ({ samples: new Uint8Array(width * height), start: 0, stride: width })
  const planes = { y: plane(), u: plane(), v: plane() }
  for (let at = 0; at < width * height; at++) regain(pixels, matrix, at, planes)
  return planes
}

/** Pixels all over the frame. */
function probesOf(pixels: Pixels): Colour[] {
  const count = pixels.width * pixels.height
  const probes = Math.min(PROBES, count)
  return Array.from({ length: probes }, (_, i) =>
    colourAt(pixels, Math.floor((i * count) / probes)),
  )
}

function colourAt({ rgba }: Pixels, at: number): Colour {
  return [rgba[4 * at]!, rgba[4 * at + 1]!, rgba[4 * at + 2]!]
}

/**
 * A colour that is cut off tells too little by itself. Most films have one sample of chroma for a
 * square of four pixels: another of them tells the rest.
 */
function regain(pixels: Pixels, matrix: Matrix, at: number, { y, u, v }: Planes): void {
  const colour = colourAt(pixels, at)
  const other = isCutOff(colour) ? wholeBeside(pixels, at) : undefined
  const sample = sampleOf(matrix, other ?? colour)
  y.samples[at] = inRange(other ? lumaOf(matrix, colour, sample) : sample[0])
  u.samples[at] = inRange(sample[1])
  v.samples[at] = inRange(sample[2])
}

function wholeBeside(pixels: Pixels, at: number): Colour | undefined {
  const [x, y] = [at % pixels.width, Math.floor(at / pixels.width)]
  for (const [across, down] of [
    [1, 0],
    [0, 1],
    [1, 1],
  ] as const) {
    const [column, row] = [x ^ across, y ^ down]
    if (column >= pixels.width || row >= pixels.height) continue
    const colour = colourAt(pixels, row * pixels.width + column)
    if (!isCutOff(colour)) return colour
  }
  return undefined
}

function inRange(sample: number): number {
  return Math.max(0, Math.min(sample, 255))
}
