/** Takes one picture through the stages of a hash, each with its time, and then through the whole. */
import { ALGORITHMS } from '../../../src/hash/algorithms.ts'
import { loadKernel } from '../../../src/hash/pdq/kernel.ts'
import { ALONE } from './alone.ts'

/** Milliseconds, medians of a few runs in one warm worker. */
export interface Stages {
  decode: number
  /** Of all rows, through a canvas of a strip's height. */
  readback: number
  /** For the one hash of the picture as it is shown. */
  kernel: number
  /** What the page does with such a file, from its first byte to all of its hashes. */
  total: number
}

export interface Timed {
  file: File
  runs: number
}

/** As many as the page reads at a time. */
const STRIP_ROWS = 64

addEventListener('message', ({ data }: MessageEvent<Timed>) => {
  void medians(data).then((stages) => {
    postMessage(stages)
  }, reportError)
})

async function medians({ file, runs }: Timed): Promise<Stages> {
  const all: Stages[] = []
  for (let i = 0; i < runs; i++) all.push({ ...(await parts(file)), total: await whole(file) })
  const median = (stage: keyof Stages): number =>
    all.map((run) => run[stage]).sort((one, other) => one - other)[runs >> 1] ?? NaN
  return {
    decode: median('decode'),
    readback: median('readback'),
    kernel: median('kernel'),
    total: median('total'),
  }
}

async function whole(file: File): Promise<number> {
  const start = performance.now()
  await ALGORITHMS.ImagePDQ(file, ALONE)
  return performance.now() - start
}

/** The browser's own calls and the kernel, and none of the page's code between. */
async function parts(file: File): Promise<Omit<Stages, 'total'>> {
  const hashing = await loadKernel()
  const start = performance.now()
  const picture = await createImageBitmap(file, {
    colorSpaceConversion: 'none',
    premultiplyAlpha: 'none',
  })
  const decode = performance.now() - start
  const pdq = hashing.open(picture.width, picture.height)
  let kernel = 0
  for (const strip of stripsOf(picture)) {
    const from = performance.now()
    pdq.push(strip)
    kernel += performance.now() - from
  }
  const from = performance.now()
  pdq.finish()
  kernel += performance.now() - from
  const readback = performance.now() - start - decode - kernel
  picture.close()
  return { decode, readback, kernel }
}

function* stripsOf(picture: ImageBitmap): Generator<Uint8ClampedArray> {
  const { width, height } = picture
  const canvas = new OffscreenCanvas(width, STRIP_ROWS)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('The browser has no canvas to spare')
  for (let top = 0; top < height; top += STRIP_ROWS) {
    const rows = Math.min(STRIP_ROWS, height - top)
    context.drawImage(picture, 0, top, width, rows, 0, 0, width, rows)
    yield context.getImageData(0, 0, width, rows).data
  }
}
