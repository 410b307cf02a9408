/**
 * A file without what it says of its colours and of how it lies, so that no browser can act on it:
 * their decoders differ in what they believe, and the reference takes the stored pixels.
 */
import { bytesOf, textAt } from '../bytes.ts'
import type { PictureFormat } from '../format.ts'
import { jpegSegments } from '../header/jpeg.ts'
import { pngChunks } from '../header/png.ts'
import { webpChunks } from '../header/webp.ts'

/** Bytes to leave out, or to put others in the place of. */
interface Cut {
  readonly from: number
  readonly to: number
  readonly by?: string
}

/** The file itself where it says nothing, or is of another format. */
export async function stripped(file: Blob, format: PictureFormat): Promise<Blob> {
  const cuts = await CUTS[format]?.(file)
  if (!cuts || cuts.length === 0) return file
  const parts: BlobPart[] = []
  let at = 0
  for (const { from, to, by = '' } of cuts) {
    parts.push(file.slice(at, from), by)
    at = to
  }
  return new Blob([...parts, file.slice(at)])
}

/** An AVIF's statements are woven into it; the others have nothing that a browser acts on. */
const CUTS: Partial<Record<PictureFormat, (file: Blob) => Promise<Cut[]>>> = {
  jpeg: jpegCuts,
  png: pngCuts,
  webp: webpCuts,
}

/** What segments of application data begin with, by their markers. */
const STATEMENTS = new Map([
  [0xffe1, 'Exif\0\0'],
  [0xffe2, 'ICC_PROFILE\0'],
])

async function jpegCuts(file: Blob): Promise<Cut[]> {
  const cuts = []
  for await (const { marker, start, length } of jpegSegments(file)) {
    const statement = STATEMENTS.get(marker)
    if (statement === undefined) continue
    if (textAt(await bytesOf(file, start, statement.length), 0, statement.length) !== statement)
      continue
    cuts.push({ from: start - 4, to: start + length })
  }
  return cuts
}

const PNG_STATEMENTS = ['eXIf', 'iCCP', 'gAMA', 'cHRM', 'sRGB', 'cICP', 'mDCV', 'cLLI']

async function pngCuts(file: Blob): Promise<Cut[]> {
  const cuts = []
  for await (const { type, start, length } of pngChunks(file)) {
    if (type === 'IDAT') break
    if (PNG_STATEMENTS.includes(type)) cuts.push({ from: start - 8, to: start + length + 4 })
  }
  return cuts
}

/** The length of all chunks is stated: these become of a kind that nobody knows. */
async function webpCuts(file: Blob): Promise<Cut[]> {
  const cuts = []
  for await (const { type, start } of webpChunks(file))
    if (type === 'EXIF' || type === 'ICCP')
      cuts.push({ from: start - 8, to: start - 4, by: 'none' })
  return cuts
}
