/** The way to a PDQ hash: pixels go in, row by row, through the fastest filter the browser can run. */
import { GRID } from './grid.ts'
import { compileKernel, Instances, SimdFilter } from './in_simd.ts'
import { noFilter, tentFilter } from './in_typescript.ts'
import { PdqStream, type Filter } from './stream.ts'

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
  loaded ??= loadSimdKernel().then((kernel) => kernel ?? TYPESCRIPT_KERNEL)
  return loaded
}

let loaded: Promise<Kernel> | undefined

/** Undefined where the browser cannot run it. */
export async function loadSimdKernel(): Promise<Kernel | undefined> {
  const module = await compileKernel()
  if (!module) return undefined
  const instances = new Instances(module)
  return kernelOf('simd', (...picture) => new SimdFilter(...picture, instances))
}

export const TYPESCRIPT_KERNEL = kernelOf('typescript', tentFilter)

type OpenFilter = (width: number, height: number, plane: boolean) => Filter

function kernelOf(kind: Kernel['kind'], openFilter: OpenFilter): Kernel {
  const open = (
    width: number,
    height: number,
    { plane = false }: StreamOptions = {},
  ): PdqStream => {
    const filter = isGrid(width, height) ? noFilter : openFilter
    return new PdqStream(width, height, filter(width, height, plane))
  }
  return { kind, open }
}

/** A picture that has the grid's size already is not filtered. Source: the reference implementation. */
function isGrid(width: number, height: number): boolean {
  return width === GRID && height === GRID
}
