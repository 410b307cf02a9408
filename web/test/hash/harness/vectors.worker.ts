/** Hashes the pictures of the vectors with one of the two kernels, where a file would be hashed. */
import vectors from '../../../../contract/vectors/pdq.json'
import { loadSimdKernel, TYPESCRIPT_KERNEL, type Kernel } from '../../../src/hash/pdq/kernel.ts'
import { draw } from '../drawings.ts'

/** Each picture's hash and quality as they came out, and as the reference has them. */
export interface Compared {
  name: string
  ours: string
  reference: string
}

/** High enough that a picture takes several, and that the last one is often shorter. */
const STRIP_ROWS = 64

addEventListener('message', ({ data }: MessageEvent<Kernel['kind']>) => {
  void kernelOf(data).then((kernel) => {
    postMessage(vectors.pictures.map((vector) => compared(vector, kernel)))
  }, reportError)
})

async function kernelOf(kind: Kernel['kind']): Promise<Kernel> {
  if (kind === 'typescript') return TYPESCRIPT_KERNEL
  const kernel = await loadSimdKernel()
  if (!kernel) throw new Error('This browser does not run the kernel in WebAssembly')
  return kernel
}

function compared(vector: (typeof vectors.pictures)[number], kernel: Kernel): Compared {
  const { kind, grain, width, height } = vector
  const pdq = kernel.open(width, height)
  const rgba = draw(vector)
  const strip = 4 * width * STRIP_ROWS
  for (let from = 0; from < rgba.length; from += strip) pdq.push(rgba.subarray(from, from + strip))
  const { hash, quality } = pdq.finish()
  return {
    name: `${kind} ${grain}, ${width} x ${height}`,
    ours: `${hash} ${quality}`,
    reference: `${vector.hash} ${vector.quality}`,
  }
}
