/**
 * From a decoder's samples of luma and chroma to colours, with the very arithmetic of the reference.
 *
 * The reference hashes what libswscale makes of a frame. It cuts fractions off and clips what is
 * out of range, and dark or plain frames have little more than such differences to go by.
 * Source: libswscale, `ff_yuv2rgb_c_init_tables` and `yuv2rgb` for x86: products of 16 bits, of
 * which the upper half is kept. It takes all films for BT.601, whatever they say.
 */

/** What each value of a sample adds to red, green or blue, in steps of 1/255. */
export interface ColourTables {
  readonly luma: Int16Array
  readonly redOfV: Int16Array
  readonly greenOfU: Int16Array
  readonly greenOfV: Int16Array
  readonly blueOfU: Int16Array
}

export type Bits = 8 | 10 | 12

/** 1, as the fractions below are counted. */
const ONE = 65_536

/** ITU-R BT.601 for chroma that spans 224 steps. Source: libswscale, `ff_yuv2rgb_coeffs`. */
const RED_OF_V = 104_597
const GREEN_OF_U = -25_675
const GREEN_OF_V = -53_279
const BLUE_OF_U = 132_201

/** In `fullRange` black is 0 and white is 255; elsewhere they are 16 and 235, in steps of 8 bits. */
export function colourTables(bits: Bits, fullRange: boolean): ColourTables {
  const chroma = (factor: number): Int16Array =>
    table(bits, 128, fullRange ? Math.trunc((factor * 224) / 255) : factor)
  return {
    luma: fullRange ? table(bits, 0, ONE) : table(bits, 16, Math.trunc((ONE * 255) / 219)),
    redOfV: chroma(RED_OF_V),
    greenOfU: chroma(GREEN_OF_U),
    greenOfV: chroma(GREEN_OF_V),
    blueOfU: chroma(BLUE_OF_U),
  }
}

/** (sample - zero) * factor for each sample, in the reference's 16 bits: three of them a fraction. */
function table(bits: Bits, zero: number, factor: number): Int16Array {
  const coefficient = Math.round(factor / 8)
  const unit = 2 ** (bits - 8)
  return Int16Array.from({ length: 256 * unit }, (_, sample) =>
    Math.floor(((Math.floor((8 * sample) / unit) - 8 * zero) * coefficient) / ONE),
  )
}
