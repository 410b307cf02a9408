/**
 * What the harness asks of workers of its own, beside the hasher with its.
 *
 * Vite knows a worker only by its address inside of `new Worker`.
 */
import type { Yield } from '../../../src/hash/algorithm.ts'
import type { Kernel, Pdq } from '../../../src/hash/pdq/kernel.ts'
import type { FilmTimes } from './film_stopwatch.worker.ts'
import type { Asked } from './hash.worker.ts'
import type { Stages, Timed } from './stopwatch.worker.ts'
import type { Compared } from './vectors.worker.ts'

/** Milliseconds that each stage takes, medians of so many runs. */
export function time(timed: Timed): Promise<Stages> {
  return ask(
    new Worker(new URL('./stopwatch.worker.ts', import.meta.url), { type: 'module' }),
    timed,
  )
}

/** Milliseconds that a film takes. */
export function timeFilm(file: File): Promise<FilmTimes> {
  return ask(
    new Worker(new URL('./film_stopwatch.worker.ts', import.meta.url), { type: 'module' }),
    file,
  )
}

/** The hashes of one picture, by the path that is asked for. */
export function hash(asked: Asked): Promise<Yield> {
  return ask(new Worker(new URL('./hash.worker.ts', import.meta.url), { type: 'module' }), asked)
}

/** The hash of each file as pages that shrink pictures first would have it. */
export function downscaled(files: readonly File[]): Promise<Pdq[]> {
  return ask(
    new Worker(new URL('./downscaled.worker.ts', import.meta.url), { type: 'module' }),
    files,
  )
}

/** The pictures of the vectors, hashed with this kernel. */
export function vectors(kernel: Kernel['kind']): Promise<Compared[]> {
  return ask(
    new Worker(new URL('./vectors.worker.ts', import.meta.url), { type: 'module' }),
    kernel,
  )
}

function ask<Answer>(worker: Worker, question: unknown): Promise<Answer> {
  return new Promise<Answer>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      resolve(data)
    })
    worker.addEventListener('error', ({ message }) => {
      reject(new Error(message))
    })
    worker.postMessage(question)
  }).finally(() => {
    worker.terminate()
  })
}
