/**
 * Decoding a picture as it is stored, with one copy of its pixels less. Chromium makes another
 * whole one when it is asked not to convert colours, and none when there is nothing to convert from.
 */
import { bytesOf, textAt } from '../bytes.ts'
import type { Measured } from './decode.ts'
import { pngChunks } from '../header/png.ts'
import { readsParts } from './readback.ts'
import { Refused } from '../refusal.ts'
import { stripped } from './stripped.ts'

/** The file and how to decode it, so that the stored colours come out, not turned. */
export async function thriftily(
  file: Blob,
  measured: Measured,
): Promise<[Blob, ImageBitmapOptions]> {
  const { format, orientation } = measured
  if (!readsParts()) return [orientation === 1 ? file : await inOne(file, measured), {}]
  const free = await isOpaque(file, measured)
  return [
    await stripped(file, format),
    free ? { colorSpaceConversion: 'default', premultiplyAlpha: 'default' } : {},
  ]
}

/** Firefox does not decode a file that is put together from parts. */
async function inOne(file: Blob, { format }: Measured): Promise<Blob> {
  const parts = await stripped(file, format)
  if (parts === file) return file
  try {
    return new Blob([await parts.arrayBuffer()])
  } catch {
    throw new Refused('vanished')
  }
}

/**
 * Whether the pixels of a JPEG, PNG or WebP cannot be transparent, by its header: its colours are
 * then the same without a word to the browser.
 */
export async function isOpaque(file: Blob, { format }: Measured): Promise<boolean> {
  if (format === 'png') return await isOpaquePng(file)
  return format === 'webp' ? await isOpaqueWebp(file) : format === 'jpeg'
}

/** Grey, colour and palette, in that order. Source: PNG specification, 11.2.1. */
const WITHOUT_ALPHA = [0, 2, 3]

async function isOpaquePng(file: Blob): Promise<boolean> {
  if (!WITHOUT_ALPHA.includes((await bytesOf(file, 25, 1)).getUint8(0))) return false
  for await (const { type } of pngChunks(file)) {
    if (type === 'IDAT') break
    if (type === 'tRNS') return false
  }
  return true
}

/** Source: RFC 9649, 2.6, 2.7.1 and 3.4. */
async function isOpaqueWebp(file: Blob): Promise<boolean> {
  const header = await bytesOf(file, 12, 13)
  const kind = textAt(header, 0, 4)
  if (kind === 'VP8X') return (header.getUint8(8) & 0x10) === 0
  return kind === 'VP8 ' || (header.getUint8(12) & 0x10) === 0
}
