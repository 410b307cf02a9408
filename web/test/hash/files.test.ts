/** What is learned of a file before it is decoded. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dimensionsOf } from '../../src/hash/dimensions.ts'
import { formatBeginning } from '../../src/hash/format.ts'
import { Refused, type Refusal } from '../../src/hash/refusal.ts'
import { ascii, blob, box } from './bytes.ts'

const JPEG = [0xff, 0xd8]
const EXIF = [0xff, 0xe1, 0x00, 0x06, 1, 2, 3, 4]
const TABLES = [0xff, 0xc4, 0x00, 0x04, 1, 2]
const FRAME = [0xff, 0xc2, 0x00, 0x0b, 8, 0x0b, 0xb8, 0x0f, 0xa0]

const PICTURES = ['jpeg', 'png', 'webp', 'gif', 'bmp', 'avif', 'heic'] as const

describe('the format', () => {
  test.each([
    ['jpeg', [0xff, 0xd8, 0xff, 0xe0]],
    ['png', ascii('\x89PNG\r\n\x1a\n')],
    ['webp', ascii('RIFF\x08\x00\x00\x00WEBP')],
    ['gif', ascii('GIF87a')],
    ['gif', ascii('GIF89a')],
    ['bmp', [...ascii('BM'), ...Array<number>(12).fill(0), 40, 0, 0, 0]],
    ['avif', ftyp('avif', 'mif1', 'miaf')],
    ['avif', ftyp('mif1', 'miaf', 'avif')],
    ['heic', ftyp('heic', 'mif1', 'heic')],
    ['heic', ftyp('msf1', 'hevc')],
    ['heic', ftyp('mif1')],
    ['mp4', ftyp('isom', 'avc1')],
    ['mp4', ftyp('qt  ')],
    ['mp4', ftyp('3gp4')],
    ['mp4', [0, 0, 0, 8, ...ascii('wide')]],
    ['mp4', [0, 1, 0, 0, ...ascii('moov')]],
    ['webm', [0x1a, 0x45, 0xdf, 0xa3]],
    ['avi', ascii('RIFF\x08\x00\x00\x00AVI LIST')],
    ['mpeg-ts', at([0, 'G'], [188, 'G'], [376, 'G'])],
    ['mpeg-ts', at([4, 'G'], [196, 'G'], [388, 'G'])],
    ['mpeg-ps', [0, 0, 1, 0xba]],
    ['flv', ascii('FLV\x01')],
    ['ogg', at([0, 'OggS'], [28, '\x80theora'])],
    ['asf', [0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11]],
  ] as const)('is %s by its first bytes', (format, bytes) => {
    expect(formatBeginning(view([...bytes]))).toBe(format)
  })

  test.each([
    ['empty', []],
    ['tiff', ascii('II*\0\x08\0\0\0\x01\0\x00\x01')],
    ['tiff', ascii('MM\0*')],
    ['raw', ascii('II*\0\x10\0\0\0CR\x02\0')],
    ['raw', ascii('II*\0\x08\0\0\0\x01\0\x12\xc6')],
    ['raw', [...ascii('MM\0*\0\0\0\x08\0\x02\x01\x0f'), ...Array<number>(10).fill(0), 1, 0x4a]],
    ['raw', ftyp('crx ', 'isom')],
    ['raw', ascii('FUJIFILMCCD-RAW 0201')],
    ['pdf', ascii('%PDF-1.7')],
    ['pdf', ascii('\r\n%PDF-1.4')],
    ['svg', ascii('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['svg', ascii('\xef\xbb\xbf<?xml version="1.0"?>\n<!-- <b> -->\n <svg:svg>')],
    ['svg', ascii('<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" [')],
    ['svg', ascii('\xff\xfe<\0s\0v\0g\0>\0')],
    ['archive', ascii('PK\x03\x04')],
    ['archive', [0x1f, 0x8b, 8]],
    ['archive', at([257, 'ustar'])],
    ['unsupported', ascii('RIFF\x08\x00\x00\x00WAVE')],
    ['unsupported', ftyp('M4A ', 'isom')],
    ['unsupported', ascii('BM is how this letter begins')],
    ['unsupported', ascii('<html><svg></svg></html>')],
    ['unsupported', ascii('OggS')],
    ['unsupported', [0xff]],
  ] as const)('is refused as %s', (reason, bytes) => {
    expect(() => formatBeginning(view([...bytes]))).toThrow(new Refused(reason))
  })

  test('of any other bytes is told or refused, never stumbled over', () => {
    const beginning = fc.constantFrom('', 'II*\0', 'MM\0*', '\0\0\0\x18ftypmif1', '<?xml')
    fc.assert(
      fc.property(beginning, fc.uint8Array({ maxLength: 99 }), (start, noise) => {
        try {
          formatBeginning(view([...ascii(start), ...noise]))
        } catch (error) {
          expect(error).toBeInstanceOf(Refused)
        }
      }),
    )
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

  test('of a GIF are those of its canvas, which its first frame may widen', async () => {
    const frame = (...place: number[]): Blob => {
      const screen = [...ascii('GIF89a'), 0x40, 0x01, 0xf0, 0x00, 0, 0, 0]
      return blob([...screen, 0x21, 0xf9, 1, 0, 0, 0x2c, ...place.flatMap((side) => [side, 0])])
    }
    expect(await dimensionsOf(frame(9, 9, 1, 1), 'gif')).toEqual({ width: 320, height: 240 })
    expect(await dimensionsOf(frame(200, 0, 150, 9), 'gif')).toEqual({ width: 350, height: 240 })
    expect(await dimensionsOf(frame(0, 200, 9, 150), 'gif')).toEqual({ width: 320, height: 350 })
  })

  test('of a JPEG are found behind a segment that says that it is shorter than itself', async () => {
    const file = blob([...JPEG, 0xff, 0xfe, 0, 0, ...FRAME])
    expect(await dimensionsOf(file, 'jpeg')).toEqual({ width: 4000, height: 3000 })
  })

  test.each([
    ['of Windows', [40, 0, 0, 0, 0x40, 1, 0, 0, 0xf0, 0, 0, 0]],
    ['of Windows from the top', [124, 0, 0, 0, 0x40, 1, 0, 0, 0x10, 0xff, 0xff, 0xff]],
    ['of OS/2', [12, 0, 0, 0, 0x40, 1, 0xf0, 0, 1, 0, 24, 0]],
  ])('of a BMP %s stand in its second header', async (_, header) => {
    const file = blob([...ascii('BM'), ...Array<number>(12).fill(0), ...header])
    expect(await dimensionsOf(file, 'bmp')).toEqual({ width: 320, height: 240 })
  })

  test.each(['avif', 'heic'] as const)(
    'of an %s are those of its primary item, not of a tile or a thumbnail',
    async (format) => {
      const sizes = box('ipco', ...ispe(512, 512), ...box('irot', 1), ...ispe(4032, 3024))
      const owners = box('ipma', 0, 0, 0, 0, 0, 0, 0, 2, 0, 1, 1, 0x81, 0, 7, 2, 0x83, 0x82)
      const item = box('pitm', 0, 0, 0, 0, 0, 7)
      const meta = box('meta', 0, 0, 0, 0, ...item, ...box('iprp', ...sizes, ...owners))
      const file = blob([...ftyp('mif1', format), ...box('free', 1, 2, 3), ...meta])
      expect(await dimensionsOf(file, format)).toEqual({ width: 4032, height: 3024 })
    },
  )

  test('of any other bytes are refused, never waited for', async () => {
    const bytes = fc.uint8Array({ maxLength: 200 })
    await fc.assert(
      fc.asyncProperty(bytes, fc.constantFrom(...PICTURES), async (noise, format) => {
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

/** These texts at these places, nulls between. */
function at(...texts: [number, string][]): number[] {
  const bytes = Array<number>(400).fill(0)
  for (const [place, text] of texts) bytes.splice(place, text.length, ...ascii(text))
  return bytes
}

function ftyp(major: string, ...compatible: string[]): number[] {
  return box('ftyp', ...ascii(`${major}\0\0\0\0${compatible.join('')}`))
}

function ispe(width: number, height: number): number[] {
  return box(
    'ispe',
    ...Array<number>(6).fill(0),
    width >> 8,
    width & 255,
    0,
    0,
    height >> 8,
    height & 255,
  )
}

function view(bytes: number[]): DataView {
  return new DataView(Uint8Array.from(bytes).buffer)
}
