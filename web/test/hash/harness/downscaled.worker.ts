/**
 * What other pages do: shrinks each picture to 512 x 512 on a canvas, and hashes that.
 *
 * The kernel is ours, so that what differs is the shrinking alone.
 */
import { loadKernel, type Pdq } from '../../../src/hash/pdq/kernel.ts'

const SIDE = 512

addEventListener('message', ({ data }: MessageEvent<File[]>) => {
  void hashed(data).then((pdqs) => {
    postMessage(pdqs)
  }, reportError)
})

async function hashed(files: readonly File[]): Promise<Pdq[]> {
  const kernel = await loadKernel()
  const pdqs: Pdq[] = []
  for (const file of files) {
    const pdq = kernel.open(SIDE, SIDE)
    pdq.push(await shrunk(file))
    pdqs.push(pdq.finish())
  }
  return pdqs
}

async function shrunk(file: File): Promise<Uint8ClampedArray> {
  const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d')
  if (!context) throw new Error('The browser has no canvas to spare')
  const picture = await createImageBitmap(file)
  context.drawImage(picture, 0, 0, SIDE, SIDE)
  picture.close()
  return context.getImageData(0, 0, SIDE, SIDE).data
}
