/** ImagePDQ: the hash of one picture at full resolution. */
import type { Progress } from './algorithm.ts'
import { openPicture, stripsOf } from './decode.ts'
import { PdqStream } from './pdq/pdq.ts'
import type { Made } from './worth.ts'

/** Raises: Refused. */
export async function imagePdq(file: File, progress: Progress): Promise<Made> {
  const picture = await openPicture(file)
  try {
    const pdq = new PdqStream(picture.width, picture.height)
    for (const strip of stripsOf(picture)) {
      pdq.push(strip)
      progress(pdq.done)
    }
    const { hash, quality } = pdq.finish()
    return { value: hash, quality }
  } finally {
    picture.close()
  }
}
