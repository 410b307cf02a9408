/**
 * Turns on what libheif turns off in its builds for the web.
 *
 * There it tells its HEVC decoder to leave out deblocking and sample-adaptive offset, "to speed
 * up decoding from JavaScript". Both are part of the standard, so each picture comes out a little
 * unlike what every other decoder makes of it, and its hash up to 24 bits away. The two calls of
 * one setter are the only ones in the library, so that setter is made to do nothing.
 * Source: libheif, plugins/decoder_libde265.cc; measured against Pillow, `tests/hashing`.
 */
import { WasmBytes } from './wasm_bytes.ts'

/** The name under which libheif-js 1.23.2 exports `de265_set_parameter_bool`. */
export const SETTER = 'Di'

/** Sections of a module. Source: WebAssembly core specification, 5.5. */
const IMPORTS = 2
const EXPORTS = 7
const CODE = 10
const FUNCTION = 0
/** Instructions. Source: the same, 5.4. */
const NOP = 0x01
const END = 0x0b

/**
 * A copy of libheif's module that decodes to the standard.
 *
 * Raises: RangeError when it is not the module that this was written for.
 */
export function withInLoopFilters(module: Uint8Array): Uint8Array<ArrayBuffer> {
  const index = exportedFunction(module, SETTER) - importedFunctions(module)
  const { from, to } = functionBody(module, index)
  const copy = Uint8Array.from(module)
  copy[from] = 0 // local variables
  copy.fill(NOP, from + 1, to - 1)
  copy[to - 1] = END
  return copy
}

function exportedFunction(module: Uint8Array, wanted: string): number {
  const bytes = WasmBytes.section(module, EXPORTS)
  for (let left = bytes.number(); left > 0; left--) {
    const name = bytes.name()
    const kind = bytes.byte()
    const index = bytes.number()
    if (name === wanted && kind === FUNCTION) return index
  }
  throw new RangeError('libheif: no such export')
}

/** All that libheif imports are functions, which are numbered before its own. */
function importedFunctions(module: Uint8Array): number {
  return WasmBytes.section(module, IMPORTS).number()
}

function functionBody(module: Uint8Array, index: number): { from: number; to: number } {
  const bytes = WasmBytes.section(module, CODE)
  if (index < 0 || index >= bytes.number()) throw new RangeError('libheif: no such function')
  for (let before = index; before > 0; before--) bytes.skip(bytes.number())
  const size = bytes.number()
  return { from: bytes.at, to: bytes.at + size }
}
