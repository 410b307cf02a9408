/** The way to a PDQ hash: pixels go in, row by row, through the fastest filter the browser can run. */
import { TypeScriptFilter } from './in_typescript.ts'
import { PdqStream } from './stream.ts'

export type { Pdq } from './pdq.ts'
export type { PdqStream } from './stream.ts'

export interface StreamOptions {
  /** Keep the picture in blocks as well, for hashes of other views of it (`compensated.ts`). */
  plane?: boolean
}

/** Both kinds give the same bits. Any number of streams may be open at a time. */
export interface Kernel {
  readonly kind: 'simd' | 'typescript'
  open(width: number, height: number, options?: StreamOptions): PdqStream
}

/** The best kernel that runs here, loaded once. It is never missing: the last resort needs nothing. */
export function loadKernel(): Promise<Kernel> {
  loaded ??= Promise.resolve(TYPESCRIPT_KERNEL)
  return loaded
}

let loaded: Promise<Kernel> | undefined

export const TYPESCRIPT_KERNEL: Kernel = {
  kind: 'typescript',
  open: (width, height, { plane = false } = {}) =>
    new PdqStream(width, height, new TypeScriptFilter(width, height, plane)),
}
