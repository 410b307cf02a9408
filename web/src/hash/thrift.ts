/**
 * Decoding a JPEG with one copy of its pixels less, in three quarters of the time. Chromium makes
 * another whole one when it is asked not to convert colours, and none when there is nothing to
 * convert from.
 */
import { bytesOf, textAt } from './bytes.ts'
import type { Measured } from './decode.ts'
import { jpegSegments } from './header/jpeg.ts'
import { readsParts } from './readback.ts'

const APP2 = 0xffe2
const PROFILE = 'ICC_PROFILE\0'

/** The file and how to decode it, so that the stored colours come out. */
export async function thriftily(
  file: Blob,
  { format }: Measured,
): Promise<[Blob, ImageBitmapOptions]> {
  // Firefox neither needs this nor decodes a file that is put together.
  if (format !== 'jpeg' || !readsParts()) return [file, {}]
  return [
    await withoutProfile(file),
    { colorSpaceConversion: 'default', premultiplyAlpha: 'default' },
  ]
}

async function withoutProfile(file: Blob): Promise<Blob> {
  const kept = []
  let from = 0
  for await (const { marker, start, length } of jpegSegments(file)) {
    if (marker !== APP2) continue
    if (textAt(await bytesOf(file, start, PROFILE.length), 0, PROFILE.length) !== PROFILE) continue
    kept.push(file.slice(from, start - 4))
    from = start + length
  }
  return kept.length > 0 ? new Blob([...kept, file.slice(from)]) : file
}
