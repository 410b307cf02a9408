/**
 * The filter of PDQ in WebAssembly, 16 rows at a time. Its source is `web/kernel`.
 *
 * It travels inside of the script, so that it needs no request of its own: a frame without network
 * can run it, and no policy has to allow the fetching of code.
 */
import embedded from './kernel.wasm?url&inline'
import { GRID } from './grid.ts'
import type { Order } from './luma.ts'
import { layoutOf, type Layout, type LumaPlane } from './reduced_plane.ts'
import type { Filter } from './stream.ts'

/** What the kernel exports; see `picture.c` and `views.c` in `web/kernel`. */
export interface Exports {
  readonly memory: WebAssembly.Memory
  open(width: number, height: number, block: number): number
  take_rgba(rows: number): void
  take_bgra(rows: number): void
  take_luma(rows: number): void
  finish(): number
  plane(): number
  room(bytes: number): number
  weigh_rows(rows: number, width: number, shares: number, count: number, out: number): void
}

/** Rows that the kernel takes at once: `BAND` in `web/kernel/band.h`. */
const BAND = 16

/** The kernel's code, or undefined where there is no WebAssembly, no SIMD, or a policy against it. */
export async function compileKernel(): Promise<WebAssembly.Module | undefined> {
  try {
    return await WebAssembly.compile(bytesOf(embedded))
  } catch {
    return undefined
  }
}

function bytesOf(dataUrl: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(dataUrl.slice(dataUrl.indexOf(',') + 1)), (c) => c.charCodeAt(0))
}

/** Instances of the kernel: each serves one picture at a time, and then the next one. */
export class Instances {
  readonly #module: WebAssembly.Module
  readonly #idle: Exports[] = []

  constructor(module: WebAssembly.Module) {
    this.#module = module
  }

  take(): Exports {
    return this.#idle.pop() ?? exportsOf(new WebAssembly.Instance(this.#module))
  }

  giveBack(instance: Exports): void {
    this.#idle.push(instance)
  }
}

function exportsOf(instance: WebAssembly.Instance): Exports {
  return instance.exports as unknown as Exports
}

export class SimdFilter implements Filter {
  readonly #width: number
  readonly #instances: Instances
  readonly #kernel: Exports
  /** The place in the kernel's memory that strips go to, as bytes and as numbers. */
  readonly #bytes: Uint8ClampedArray
  readonly #luma: Float32Array
  readonly #blocks: Layout | undefined

  /** Raises: RangeError when there is no memory for rows of this width. */
  constructor(width: number, height: number, plane: boolean, instances: Instances) {
    this.#width = width
    this.#instances = instances
    this.#kernel = instances.take()
    this.#blocks = plane ? layoutOf(width, height) : undefined
    const strip = this.#kernel.open(width, height, this.#blocks?.block.width ?? 0)
    if (strip === 0) throw new RangeError(`no memory for a picture of ${width} x ${height}`)
    const { buffer } = this.#kernel.memory
    this.#bytes = new Uint8ClampedArray(buffer, strip, 4 * BAND * width)
    this.#luma = new Float32Array(buffer, strip, BAND * width)
  }

  push(bytes: Uint8ClampedArray, order: Order): void {
    for (let from = 0; from < bytes.length; from += this.#bytes.length) {
      const strip = bytes.subarray(from, from + this.#bytes.length)
      this.#bytes.set(strip)
      const rows = strip.length / 4 / this.#width
      if (order === 'RGBA') this.#kernel.take_rgba(rows)
      else this.#kernel.take_bgra(rows)
    }
  }

  pushLuma(luma: Float32Array | Uint8Array): void {
    for (let from = 0; from < luma.length; from += this.#luma.length) {
      const strip = luma.subarray(from, from + this.#luma.length)
      this.#luma.set(strip)
      this.#kernel.take_luma(strip.length / this.#width)
    }
  }

  samples(): Float32Array {
    return this.#copy(this.#kernel.finish(), GRID * GRID)
  }

  plane(): LumaPlane | undefined {
    if (!this.#blocks) return undefined
    const { width, height } = this.#blocks
    return { ...this.#blocks, luma: this.#copy(this.#kernel.plane(), width * height) }
  }

  close(): void {
    this.#instances.giveBack(this.#kernel)
  }

  #copy(from: number, length: number): Float32Array {
    return new Float32Array(this.#kernel.memory.buffer, from, length).slice()
  }
}
