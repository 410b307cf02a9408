import { afterEach, describe, expect, test, vi } from 'vitest'
import { withInLoopFilters } from '../../../src/hash/heic/in_loop_filters.ts'
import { loadLibheif } from '../../../src/hash/heic/library.ts'
import { MODULE } from './library.ts'

/** The shortest module there is. */
const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)

describe('the decoder for HEIC', () => {
  afterEach(() => vi.unstubAllGlobals())

  test('is asked for again after it could not be fetched', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
    await expect(loadLibheif()).rejects.toMatchObject({ reason: 'not-loaded' })
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(null, { status: 503 })))
    await expect(loadLibheif()).rejects.toMatchObject({ reason: 'not-loaded' })

    const fetched = vi.fn(() => Promise.resolve(new Response(Uint8Array.from(MODULE))))
    vi.stubGlobal('fetch', fetched)
    const libheif = await loadLibheif()

    expect(await loadLibheif()).toBe(libheif)
    expect(fetched).toHaveBeenCalledOnce()
  })

  test('is changed in one function only, and is still a module', async () => {
    const changed = withInLoopFilters(MODULE)
    const places = [...changed.keys()].filter((at) => changed[at] !== MODULE[at])
    const [first = 0, last = 0] = [places[0], places.at(-1)]

    expect(places.length).toBeGreaterThan(0)
    expect(last - first).toBeLessThan(120)
    await expect(WebAssembly.compile(changed)).resolves.toBeInstanceOf(WebAssembly.Module)
  })

  test('is not taken for another module', () => {
    expect(() => withInLoopFilters(EMPTY_MODULE)).toThrow(RangeError)
  })
})
