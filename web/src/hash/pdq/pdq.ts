/** PDQ, whole: what comes out, and how it follows from 64 x 64 samples. */
import { hexOf } from './bits.ts'
import { frequenciesOf } from './dct.ts'
import { qualityOf } from './quality.ts'

/** 64 hexadecimal digits, and 0 (nothing to see) to 100. */
export interface Pdq {
  hash: string
  quality: number
}

/** Smaller pictures get no hash. Source: the reference implementation. */
const SMALLEST_SIDE = 5

/** The hash of a picture of `width` x `height` pixels, from its 64 x 64 samples. */
export function pdqOfSamples(width: number, height: number, samples: Float32Array): Pdq {
  if (Math.min(width, height) < SMALLEST_SIDE) return { hash: '0'.repeat(64), quality: 0 }
  return { hash: hexOf(frequenciesOf(samples)), quality: qualityOf(samples) }
}
