/** Takes one picture through the stages of a hash, each with its time, and then through the whole. */
import { ALGORITHMS } from '../../../src/hash/algorithms.ts'
import { measure, openMeasured } from '../../../src/hash/picture/decode.ts'
import { loadKernel } from '../../../src/hash/pdq/kernel.ts'
import { ALONE } from './alone.ts'

/** Milliseconds, medians of a few runs in one warm worker; the stages of a run follow each other. */
export interface Stages {
  /** The browser's own two calls, as any page would make them: the picture, and all of its rows. */
  decode: number
  readback: number
  /** The same as the page does it: from the file's first byte on, and the rows in any order of bytes. */
  ourDecode: number
  ourReadback: number
  /** For the one hash of the picture as it is shown. */
  kernel: number
  /** Our decode, our readback and the kernel. */
  one: number
  /** What the page does with such a file, from its first byte to the hashes of all of its versions. */
  all: number
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
  await run(file) // all code is loaded and warm, as from the second file on
  const all: Stages[] = []
  for (let i = 0; i < runs; i++) all.push(await run(file))
  const median = (stage: keyof Stages): number =>
    all.map((run) => run[stage]).sort((one, other) => one - other)[runs >> 1] ?? NaN
  return {
    decode: median('decode'),
    readback: median('readback'),
    ourDecode: median('ourDecode'),
    ourReadback: median('ourReadback'),
    kernel: median('kernel'),
    one: median('one'),
    all: median('all'),
  }
}

async function run(file: File): Promise<Stages> {
  return { ...(await browsersOwn(file)), ...(await ours(file)), all: await whole(file) }
}

async function whole(file: File): Promise<number> {
  const start = performance.now()
  await ALGORITHMS.ImagePDQ(file, ALONE)
  return performance.now() - start
}

/** None of the page's code. */
async function browsersOwn(file: File): Promise<Pick<Stages, 'decode' | 'readback'>> {
  const start = performance.now()
  const picture = await createImageBitmap(file)
  const decoded = performance.now()
  readBack(picture)
  const readback = performance.now() - decoded
  picture.close()
  return { decode: decoded - start, readback }
}

function readBack(picture: ImageBitmap): void {
  const { width, height } = picture
  const canvas = new OffscreenCanvas(width, STRIP_ROWS)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('The browser has no canvas to spare')
  for (let top = 0; top < height; top += STRIP_ROWS) {
    const rows = Math.min(STRIP_ROWS, height - top)
    context.drawImage(picture, 0, top, width, rows, 0, 0, width, rows)
    context.getImageData(0, 0, width, rows)
  }
}

async function ours(
  file: File,
): Promise<Pick<Stages, 'ourDecode' | 'ourReadback' | 'kernel' | 'one'>> {
  const start = performance.now()
  const picture = await openMeasured(file, await measure(file))
  const ourDecode = performance.now() - start
  const pdq = (await loadKernel()).open(picture.width, picture.height)
  let kernel = 0
  const timed = (work: () => void): void => {
    const from = performance.now()
    work()
    kernel += performance.now() - from
  }
  for await (const strip of picture.strips()) timed(() => pdq.push(strip, picture.order))
  timed(() => pdq.finish())
  const one = performance.now() - start
  picture.close()
  return { ourDecode, ourReadback: one - ourDecode - kernel, kernel, one }
}
