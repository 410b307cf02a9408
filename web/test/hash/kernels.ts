/** Both kernels, for tests that hold for either. Node has SIMD, so none may be missing. */
import { loadSimdKernel, TYPESCRIPT_KERNEL } from '../../src/hash/pdq/kernel.ts'

const simd = await loadSimdKernel()
if (!simd) throw new Error('The kernel in WebAssembly does not load')

export const SIMD_KERNEL = simd
export const KERNELS = [SIMD_KERNEL, TYPESCRIPT_KERNEL]
