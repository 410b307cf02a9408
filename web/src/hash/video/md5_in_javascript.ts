/** MD5 for browsers without WebAssembly: some leave it out for safety. */
import { md5 } from '@noble/hashes/legacy.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { Md5 } from './md5.ts'

export function openMd5(): Md5 {
  const state = md5.create()
  return {
    update: (piece) => {
      state.update(piece)
    },
    digest: () => bytesToHex(state.digest()),
  }
}
