/** What is learned of a file before it is decoded. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dimensionsOf } from '../../src/hash/dimensions.ts'
import { formatBeginning } from '../../src/hash/format.ts'
import { Refused, type Refusal } from '../../src/hash/refusal.ts'

const JPEG = [0xff, 0xd8]
const EXIF = [0xff, 0xe1, 0x00, 0x06, 1, 2, 3, 4]
const TABLES = [0xff, 0xc4, 0x00, 0x04, 1, 2]
const FRAME = [0xff, 0xc2, 0x00, 0x0b, 8, 0x0b, 0xb8, 0x0f, 0xa0]

describe('the format', () => {
  test.each([
    ['jpeg', [0xff, 0xd8, 0xff, 0xe0]],
    ['png', ascii('\x89PNG\r\n\x1a\n')],
    ['webp', ascii('RIFF\x08\x00\x00\x00WEBP')],
  ] as const)('is %s by its first bytes', (format, bytes) => {
    expect(formatBeginning(view([...bytes]))).toBe(format)
  })

  test.each([
    ['empty', []],
    ['unsupported', ascii('RIFF\x08\x00\x00\x00WAVE')],
    ['unsupported', ascii('GIF89a')],
    ['unsupported', [0xff]],
  ] as const)('is refused as %s', (reason, bytes) => {
    expect(() => formatBeginning(view([...bytes]))).toThrow(new Refused(reason))
  })
})

describe('the dimensions', () => {
  test('of a JPEG stand in the frame header, behind whatever comes first', async () => {
    const file = blob([...JPEG, ...EXIF, ...TABLES, 0xff, ...FRAME])
    expect(await dimensionsOf(file, 'jpeg')).toEqual({ width: 4000, height: 3000 })
  })

  test('of a PNG stand in its first chunk', async () => {
    const file = blob([...ascii('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'), 0, 0, 0x75, 0x30, 0, 0, 0, 7])
    expect(await dimensionsOf(file, 'png')).toEqual({ width: 30_000, height: 7 })
  })

  test.each([
    ['VP8X', [0, 0, 0, 0, 0xfe, 0x3f, 0, 0x01, 0, 0, 0]],
    ['VP8L', [0x2f, 0xfe, 0x7f, 0x00, 0, 0, 0, 0, 0, 0, 0]],
    ['VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, 0xff, 0x3f, 0x02, 0, 0]],
  ])('of a WebP stand in its %s chunk', async (name, header) => {
    const file = blob([...ascii(`RIFF\0\0\0\0WEBP${name}\0\0\0\0`), ...header])
    expect(await dimensionsOf(file, 'webp')).toEqual({ width: 16_383, height: 2 })
  })

  test('of any other bytes are refused, never waited for', async () => {
    const bytes = fc.uint8Array({ maxLength: 200 })
    await fc.assert(
      fc.asyncProperty(bytes, fc.constantFrom('jpeg', 'png', 'webp'), async (noise, format) => {
        const found = await dimensionsOf(blob([...noise]), format).catch(reasonOf)
        expect(typeof found === 'object' || found === 'unreadable').toBe(true)
      }),
    )
  })
})

function reasonOf(error: unknown): Refusal {
  if (error instanceof Refused) return error.reason
  throw error
}

function ascii(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0))
}

function view(bytes: number[]): DataView {
  return new DataView(Uint8Array.from(bytes).buffer)
}

function blob(bytes: number[]): Blob {
  return new Blob([Uint8Array.from(bytes)])
}
