/** Parts of a file, in whatever order they are asked for. */
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { bytesOf } from '../../src/hash/bytes.ts'

const LENGTH = 200_000
const content = Uint8Array.from({ length: LENGTH }, (_, i) => i ^ (i >> 8))

const parts = fc.array(
  fc.record({
    file: fc.boolean(),
    from: fc.integer({ min: 0, max: LENGTH + 10 }),
    length: fc.integer({ min: 0, max: 70_000 }),
  }),
  { maxLength: 20 },
)

test('each part is what the file has there, whatever was read before of it and of others', async () => {
  const files = [content, content.map((byte) => 255 - byte)].map((bytes) => ({
    bytes,
    blob: new Blob([bytes]),
  }))
  await fc.assert(
    fc.asyncProperty(parts, async (asked) => {
      for (const { file, from, length } of asked) {
        const { bytes, blob } = files[file ? 1 : 0] ?? { bytes: content, blob: new Blob() }
        const part = await bytesOf(blob, from, length)
        const expected = bytes.subarray(from, from + length)
        expect(Buffer.from(part.buffer).equals(Buffer.from(expected))).toBe(true)
      }
    }),
  )
})

test('small parts next to each other are read at once', async () => {
  const file = new Blob([content])
  const read = vi.spyOn(file, 'slice')
  for (let at = 0; at < 60_000; at += 100) await bytesOf(file, at, 4)
  expect(read).toHaveBeenCalledTimes(1)
})
