/** Takes one picture through the stages of a hash, each with its time. */
import { openPicture } from '../../../src/hash/decode.ts'
import { loadKernel } from '../../../src/hash/pdq/kernel.ts'

/** Milliseconds, medians of a few runs in one warm worker. */
export interface Stages {
  decode: number
  readback: number
  kernel: number
  total: number
}

const RUNS = 7

addEventListener('message', ({ data }: MessageEvent<File>) => {
  void medians(data).then((stages) => {
    postMessage(stages)
  }, reportError)
})

async function medians(file: File): Promise<Stages> {
  const runs: Stages[] = []
  for (let i = 0; i < RUNS; i++) runs.push(await once(file))
  const median = (stage: keyof Stages): number =>
    runs.map((run) => run[stage]).sort((one, other) => one - other)[RUNS >> 1] ?? NaN
  return {
    decode: median('decode'),
    readback: median('readback'),
    kernel: median('kernel'),
    total: median('total'),
  }
}

async function once(file: File): Promise<Stages> {
  const hashing = await loadKernel()
  const start = performance.now()
  const picture = await openPicture(file)
  const decode = performance.now() - start
  const pdq = hashing.open(picture.width, picture.height)
  let kernel = 0
  for (const strip of picture.strips()) {
    const from = performance.now()
    pdq.push(strip)
    kernel += performance.now() - from
  }
  const from = performance.now()
  pdq.finish()
  kernel += performance.now() - from
  picture.close()
  const total = performance.now() - start
  return { decode, readback: total - decode - kernel, kernel, total }
}
