/** The kernel travels in the worker that every phone fetches with its first file. */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const KERNEL = new URL('../../src/hash/pdq/kernel.wasm', import.meta.url)

/** Bytes, compressed: a quarter of a second at 400 kbit/s. */
const MOST = 12_000

test('the kernel is at most 12 kB compressed', () => {
  expect(gzipSync(readFileSync(KERNEL)).length).toBeLessThanOrEqual(MOST)
})
