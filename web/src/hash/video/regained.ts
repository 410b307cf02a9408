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
  const plane = () => ({ samples: new Uint8ClampedArray(width * height), start: 0, stride: width })
  const planes = { y: plane(), u: plane(), v: plane() }
  regainWhole(pixels, matrix, planes)
  return planes
}

/** `sampleOf` for each pixel, written out: a frame has a million, and Firefox makes each object. */
function regainWhole(pixels: Pixels, matrix: Matrix, planes: Planes): void {
  const { rgba } = pixels
  const { black, luma, redOfV, blueOfU } = matrix
  const [ofBlue, ofRed] = [matrix.greenOfU / blueOfU, matrix.greenOfV / redOfV]
  const share = 1 / (luma * (1 + ofBlue + ofRed))
  const [ys, us, vs] = [planes.y.samples, planes.u.samples, planes.v.samples]
  for (let at = 0, i = 0; i < rgba.length; at++, i += 4) {
    const red = rgba[i]!
    const green = rgba[i + 1]!
    const blue = rgba[i + 2]!
    if (Math.min(red, green, blue) > 0 && Math.max(red, green, blue) < 255) {
      const y = Math.floor((green + ofBlue * blue + ofRed * red) * share + 0.5)
      ys[at] = y + black
      us[at] = 128 + (blue - luma * y) / blueOfU
      vs[at] = 128 + (red - luma * y) / redOfV
    } else regainCutOff(pixels, matrix, at, planes)
  }
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
function regainCutOff(pixels: Pixels, matrix: Matrix, at: number, { y, u, v }: Planes): void {
  const colour = colourAt(pixels, at)
  const other = wholeBeside(pixels, at)
  const sample = sampleOf(matrix, other ?? colour)
  y.samples[at] = other ? lumaOf(matrix, colour, sample) : sample[0]
  u.samples[at] = sample[1]
  v.samples[at] = sample[2]
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
