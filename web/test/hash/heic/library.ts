/** libheif from the package itself: in Node there is nobody to fetch it from. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { compileLibheif, startLibheif, type Parts } from '../../../src/hash/heic/library.ts'
import type { Libheif } from '../../../src/hash/heic/libheif.ts'

const require = createRequire(import.meta.url)
export const MODULE = readFileSync(require.resolve('libheif-js/libheif-wasm/libheif.wasm'))

export async function openLibheif(): Promise<Libheif> {
  const open = require('libheif-js/libheif-wasm/libheif.js') as Parts['open']
  return startLibheif({ compiled: await compileLibheif(MODULE), open })
}
