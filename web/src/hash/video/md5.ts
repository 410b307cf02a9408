/** MD5 of bytes that come in pieces: by WebAssembly, or eight times as slowly where there is none. */
import { createMD5 } from 'hash-wasm'
import { fetched } from './fetched.ts'

export interface Md5 {
  update(piece: Uint8Array): void
  /** 32 hexadecimal digits. */
  digest(): string
}

/** Raises: Refused 'not-loaded'. */
export async function openMd5(): Promise<Md5> {
  const md5 = await createMD5().catch(() => undefined)
  if (!md5) return (await fetched(import('./md5_in_javascript.ts'))).openMd5()
  return {
    update: (piece) => {
      md5.update(piece)
    },
    digest: () => md5.digest('hex'),
  }
}
