/** ImagePDQ: the hash of one picture at full resolution. */
import { openPicture, stripsOf } from './decode.ts'
import { bitsSet } from './pdq/bits.ts'
import { PdqStream, type Pdq } from './pdq/pdq.ts'
import { Refused } from './refusal.ts'
import type { Signal } from './signals.ts'

/** Below this a picture is too plain to be told from others. Source: the PDQ paper. */
const LOWEST_QUALITY = 50
/** A hash is half ones by design; one far from it says nothing and would match at random. */
const FEWEST_BITS = 96
const MOST_BITS = 160

/** Raises: Refused, also 'too-plain' when the hash would not find the picture again. */
export async function imagePdq(file: File, progress: (done: number) => void): Promise<Signal> {
  const picture = await openPicture(file)
  try {
    const { hash, quality } = pdqOf(picture, progress)
    if (isTooPlain({ hash, quality })) throw new Refused('too-plain')
    return { type: 'ImagePDQ', value: hash, quality }
  } finally {
    picture.close()
  }
}

function pdqOf(picture: ImageBitmap, progress: (done: number) => void): Pdq {
  const pdq = new PdqStream(picture.width, picture.height)
  for (const strip of stripsOf(picture)) {
    pdq.push(strip)
    progress(pdq.done)
  }
  return pdq.finish()
}

/** Whether a hash is worth nothing to those who look for it. */
export function isTooPlain({ hash, quality }: Pdq): boolean {
  const bits = bitsSet(hash)
  return quality < LOWEST_QUALITY || bits < FEWEST_BITS || bits > MOST_BITS
}
