/** Which kernel a browser gets. */
import { afterEach, expect, test, vi } from 'vitest'
import { KERNELS } from './kernels.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

test('hashes are made with SIMD where there is SIMD', async () => {
  expect(await kindLoaded()).toBe('simd')
})

test('hashes are made in TypeScript where there is no WebAssembly', async () => {
  vi.stubGlobal('WebAssembly', undefined)
  expect(await kindLoaded()).toBe('typescript')
})

test('hashes are made in TypeScript where a policy forbids to compile', async () => {
  const compile = () => Promise.reject(new WebAssembly.CompileError('blocked by policy'))
  vi.stubGlobal('WebAssembly', { CompileError: WebAssembly.CompileError, compile })
  expect(await kindLoaded()).toBe('typescript')
})

test('the kernel is loaded once', async () => {
  const { loadKernel } = await import('../../src/hash/pdq/kernel.ts')
  expect(loadKernel()).toBe(loadKernel())
})

test.each(KERNELS)('a picture that is given up takes no more rows: $kind', (kernel) => {
  const stream = kernel.open(100, 100)
  stream.push(new Uint8ClampedArray(4 * 100 * 50))
  stream.close()
  expect(() => stream.push(new Uint8ClampedArray(4 * 100))).toThrow(RangeError)
})

async function kindLoaded(): Promise<string> {
  const { loadKernel } = await import('../../src/hash/pdq/kernel.ts')
  return (await loadKernel()).kind
}
