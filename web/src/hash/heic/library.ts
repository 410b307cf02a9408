/**
 * Fetches libheif when the first HEIC is chosen, and keeps it for those that follow.
 *
 * The one place that knows where its bytes come from: a frame without a network of its own would
 * be handed them here.
 */
import type * as glue from 'libheif-js/libheif-wasm/libheif.js'
import wasmAddress from 'libheif-js/libheif-wasm/libheif.wasm?url'
import { Refused } from '../refusal.ts'
import { SETTER, withInLoopFilters } from './in_loop_filters.ts'
import type { Libheif } from './libheif.ts'

/** Both parts of the library: compiled code, and the script that gives it what it imports. */
export interface Parts {
  readonly compiled: WebAssembly.Module
  readonly open: typeof glue.default
}

/**
 * Memory that grew for one picture never shrinks: beyond this, start anew for the next. Not
 * sooner: until the browser collects what was let go, there are both. With 64 MB ten photographs
 * of 12 megapixels peak at 380 MB, with this at 260.
 */
const MOST_BYTES_KEPT = 256 * 2 ** 20

let parts: Promise<Parts> | undefined
let running: Libheif | undefined

/**
 * The library, ready to decode.
 *
 * Raises: Refused 'not-loaded' when it cannot be fetched; the next call tries again. 'unsupported'
 * in a browser that leaves out WebAssembly, some for safety.
 */
export async function loadLibheif(): Promise<Libheif> {
  if (typeof WebAssembly === 'undefined') throw new Refused('unsupported')
  parts ??= fetchParts().catch((error: unknown) => {
    parts = undefined
    throw error
  })
  const fetched = await parts
  return (running ??= startLibheif(fetched))
}

/** After use: let its memory go if a large picture made it grow. */
export function restLibheif(libheif: Libheif): void {
  if (libheif.HEAPU8.byteLength > MOST_BYTES_KEPT) dropLibheif()
}

/** After a failure that it may not have survived: start anew for the next picture. */
export function dropLibheif(): void {
  running = undefined
}

/** The code comes before its script: a script that failed to load may never be asked for again. */
async function fetchParts(): Promise<Parts> {
  try {
    const answer = await fetch(wasmAddress)
    if (!answer.ok) throw new Refused('not-loaded')
    const [bytes, script] = await Promise.all([
      answer.arrayBuffer(),
      import('libheif-js/libheif-wasm/libheif.js'),
    ])
    return { compiled: await compileLibheif(new Uint8Array(bytes)), open: script.default }
  } catch (error) {
    if (error instanceof TypeError) throw new Refused('not-loaded')
    throw error
  }
}

export function compileLibheif(module: Uint8Array): Promise<WebAssembly.Module> {
  return WebAssembly.compile(withInLoopFilters(module))
}

/** Raises: Error when the module is not the one that its filters were turned on in. */
export function startLibheif({ compiled, open }: Parts): Libheif {
  let exports: WebAssembly.Exports = {}
  const libheif = open({
    print: ignore,
    printErr: ignore,
    instantiateWasm(
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance) => object,
    ) {
      const instance = new WebAssembly.Instance(compiled, imports)
      exports = instance.exports
      return done(instance)
    },
  })
  if (exports[SETTER] !== libheif._de265_set_parameter_bool) throw new Error('Another libheif')
  return libheif
}

/** It has nothing to say that the page could show. */
function ignore(): void {
  return undefined
}
