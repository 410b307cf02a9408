/** The way to a PDQ hash: pixels go in, row by row, through the fastest filter the browser can run. */
import { pdqOfPlane, type View } from './compensated.ts'
import { GRID } from './grid.ts'
import { compileKernel, Instances, SimdFilter } from './in_simd.ts'
import { noFilter, tentFilter } from './in_typescript.ts'
import type { Pdq } from './pdq.ts'
import type { LumaPlane } from './reduced_plane.ts'
import { PdqStream, type Filter } from './stream.ts'
import { PlainRows, type WeighedRows } from './weighed_rows.ts'
import { SimdRows } from './weighed_in_simd.ts'

export type { Order } from './luma.ts'
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
  /** The hashes that these views of a picture have, by its plane. */
  hashesOf(plane: LumaPlane, views: readonly View[]): Pdq[]
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
  return kernelOf(
    'simd',
    (...picture) => new SimdFilter(...picture, instances),
    (plane) => new SimdRows(plane, instances),
  )
}

export const TYPESCRIPT_KERNEL = kernelOf('typescript', tentFilter, (plane) => new PlainRows(plane))

type OpenFilter = (width: number, height: number, plane: boolean) => Filter
type OpenRows = (plane: LumaPlane) => WeighedRows

function kernelOf(kind: Kernel['kind'], openFilter: OpenFilter, openRows: OpenRows): Kernel {
  const open = (
    width: number,
    height: number,
    { plane = false }: StreamOptions = {},
  ): PdqStream => {
    const filter = isGrid(width, height) ? noFilter : openFilter
    return new PdqStream(width, height, filter(width, height, plane))
  }
  const hashesOf = (plane: LumaPlane, views: readonly View[]): Pdq[] => {
    const rows = openRows(plane)
    const hashes = views.map((view) => pdqOfPlane(rows, plane, view))
    rows.close()
    return hashes
  }
  return { kind, open, hashesOf }
}

/** A picture that has the grid's size already is not filtered. Source: the reference implementation. */
function isGrid(width: number, height: number): boolean {
  return width === GRID && height === GRID
}
