/** ImagePDQ: the hash of one picture at full resolution. */
import type { Course, Yield } from './algorithm.ts'
import { openPicture } from './decode.ts'
import { loadKernel } from './pdq/kernel.ts'

/** Raises: Refused. */
export async function imagePdq(file: File, { progress, reserve }: Course): Promise<Yield> {
  const kernel = await loadKernel()
  const picture = await openPicture(file, reserve)
  try {
    const pdq = kernel.open(picture.width, picture.height)
    for (const strip of picture.strips()) {
      pdq.push(strip)
      progress(pdq.done)
    }
    const { hash, quality } = pdq.finish()
    return { made: [{ value: hash, quality }], limits: [] }
  } finally {
    picture.close()
  }
}
