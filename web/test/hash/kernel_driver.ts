/** Runs the kernels in Node for a driver in another language: a question a line, an answer a line. */
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { View } from '../../src/hash/pdq/compensated.ts'
import {
  TYPESCRIPT_KERNEL,
  type Kernel,
  type Pdq,
  type PdqStream,
  type StreamOptions,
} from '../../src/hash/pdq/kernel.ts'
import { planeOfReduced, type LumaPlane } from '../../src/hash/pdq/reduced_plane.ts'
import { SIMD_KERNEL } from './kernels.ts'

/** A file of RGBA bytes, and the views of it that are to be hashed from its plane. */
interface Question {
  file: string
  width: number
  height: number
  views: View[]
  /** What the picture measured before somebody scaled it down to this. */
  original: { width: number; height: number } | null
}

/** Hashes, and the milliseconds they took; those of the views are for all of them together. */
interface Answer {
  pdq: Pdq
  simd: number
  typescript: number
  views: Pdq[]
  viewing: number
}

/** As the page reads pictures back. */
const STRIP_ROWS = 64

for await (const line of createInterface(process.stdin)) {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line) as Question))}\n`)
}

function answer(question: Question): Answer {
  const rgba = new Uint8ClampedArray(readFileSync(question.file))
  const [pdq, simd] = timed(() => hash(SIMD_KERNEL, question, rgba).finish())
  const [other, typescript] = timed(() => hash(TYPESCRIPT_KERNEL, question, rgba).finish())
  if (other.hash !== pdq.hash) throw new Error('The kernels differ')
  const plane = planeOf(question, rgba)
  const [views, viewing] = timed(() => SIMD_KERNEL.hashesOf(plane, question.views))
  return { pdq, simd, typescript, views, viewing }
}

function planeOf(question: Question, rgba: Uint8ClampedArray): LumaPlane {
  const stream = hash(SIMD_KERNEL, question, rgba, { plane: true })
  stream.finish()
  const plane = stream.plane()
  return question.original ? planeOfReduced(plane.luma, plane, question.original) : plane
}

/** All rows pushed, the hash yet to be finished. */
function hash(
  kernel: Kernel,
  { width, height }: Question,
  rgba: Uint8ClampedArray,
  options: StreamOptions = {},
): PdqStream {
  const stream = kernel.open(width, height, options)
  const strip = 4 * width * STRIP_ROWS
  for (let from = 0; from < rgba.length; from += strip) {
    stream.push(rgba.subarray(from, from + strip))
  }
  return stream
}

function timed<T>(work: () => T): [T, number] {
  const start = performance.now()
  const made = work()
  return [made, performance.now() - start]
}
