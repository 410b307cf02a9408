/** Which kernel a browser gets. */
import { afterEach, expect, test, vi } from 'vitest'

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

async function kindLoaded(): Promise<string> {
  const { loadKernel } = await import('../../src/hash/pdq/kernel.ts')
  return (await loadKernel()).kind
}
