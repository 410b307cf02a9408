/**
 * The matrices by which browsers make colours of samples, and which of them made those of a frame.
 *
 * Firefox gives frames as colours only, and says of all of them that it was BT.709.
 */

/** How much a step of each sample adds to a colour, in steps of 1/255. */
export interface Matrix {
  /** The sample of luma that is black. */
  readonly black: number
  readonly luma: number
  readonly redOfV: number
  readonly greenOfU: number
  readonly greenOfV: number
  readonly blueOfU: number
}

/** Of colours of 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number]
export type Sample = readonly [y: number, u: number, v: number]

/**
 * BT.709, BT.601 and BT.2020 as films have them, BT.601 and BT.709 in the full range.
 * Source: libyuv, `row_common.cc`: `kYuvH709Constants`, `kYuvI601Constants` and so on.
 */
const MATRICES: readonly Matrix[] = [
  matrix(16, 1.164, [115, 14, 34, 128]),
  matrix(16, 1.164, [102, 25, 52, 128]),
  matrix(16, 1.1644, [107, 12, 42, 128]),
  matrix(0, 1, [90, 22, 46, 113]),
  matrix(0, 1, [101, 12, 30, 119]),
]

type Chroma = readonly [redOfV: number, greenOfU: number, greenOfV: number, blueOfU: number]

function matrix(black: number, luma: number, sixtyFourths: Chroma): Matrix {
  const [redOfV, greenOfU, greenOfV, blueOfU] = sixtyFourths.map(
    (part) => part / 64,
  ) as unknown as Chroma
  return { black, luma, redOfV, greenOfU, greenOfV, blueOfU }
}

/** Of all colours a quarter come of whole samples by one matrix: by another, it is chance. */
const ENOUGH = 0.9

/** The matrix of which most of these colours may have come; undefined if that is not nearly all. */
export function matrixOf(colours: readonly Colour[]): Matrix | undefined {
  const whole = colours.filter((colour) => !isCutOff(colour))
  const made = MATRICES.map((matrix) => whole.filter((colour) => isMadeBy(matrix, colour)).length)
  const most = Math.max(...made)
  return most >= ENOUGH * whole.length ? MATRICES[made.indexOf(most)] : undefined
}

/** What was out of range is 0 or 255 now: how far it was beyond is lost. */
export function isCutOff([red, green, blue]: Colour): boolean {
  return Math.min(red, green, blue) <= 0 || Math.max(red, green, blue) >= 255
}

/** The samples that a colour is made of: whole numbers, and the only ones if it is not cut off. */
export function sampleOf(matrix: Matrix, [red, green, blue]: Colour): Sample {
  const ofBlue = matrix.greenOfU / matrix.blueOfU
  const ofRed = matrix.greenOfV / matrix.redOfV
  const light = (green + ofBlue * blue + ofRed * red) / (1 + ofBlue + ofRed)
  const y = Math.round(light / matrix.luma)
  return [
    y + matrix.black,
    128 + Math.round((blue - matrix.luma * y) / matrix.blueOfU),
    128 + Math.round((red - matrix.luma * y) / matrix.redOfV),
  ]
}

/** The luma of a colour whose chroma is known, by those parts of it that are not cut off. */
export function lumaOf(matrix: Matrix, colour: Colour, [, u, v]: Sample): number {
  const chroma = colourOf({ ...matrix, luma: 0 }, [0, u, v])
  const whole = [1, 0, 2].find((i) => !isCutOff([colour[i] ?? 0, 1, 1]))
  if (whole === undefined) return sampleOf(matrix, colour)[0]
  const light = (colour[whole] ?? 0) - (chroma[whole] ?? 0)
  return matrix.black + Math.round(light / matrix.luma)
}

function isMadeBy(matrix: Matrix, colour: Colour): boolean {
  const again = colourOf(matrix, sampleOf(matrix, colour))
  // Its last bit is not everywhere the same: fractions are cut off at several places.
  return again.every((part, i) => Math.abs(part - (colour[i] ?? 0)) <= 0.55)
}

function colourOf(matrix: Matrix, [y, u, v]: Sample): Colour {
  const light = matrix.luma * (y - matrix.black)
  return [
    light + matrix.redOfV * (v - 128),
    light - matrix.greenOfU * (u - 128) - matrix.greenOfV * (v - 128),
    light + matrix.blueOfU * (u - 128),
  ]
}
