/** A picture that is decoded to a small copy, where there is no memory for all of it. */
import type { Course } from './algorithm.ts'
import { decode, turnLeft, type Measured } from './decode.ts'
import { undoing, type Orientation } from './orientation.ts'
import type { View } from './pdq/compensated.ts'
import { planeOfReduced, type LumaPlane } from './pdq/reduced_plane.ts'
import { lumaOfRow } from './pdq/luma.ts'
import { rowsByCanvas, sizeAfter } from './readback.ts'
import { thriftily } from './thrift.ts'

/** The longer side of the copy, in pixels. */
const LONGEST_SIDE = 1024
/** And the shorter side of a ribbon at least: PDQ looks at 64 places along each side. */
const SHORTEST = 128
/** Devices with at most so many gigabytes kill a page that unpacks much at once. */
const LITTLE_MEMORY = 2
/** 24 megapixels unpack to 96 MB. */
const LARGE_PICTURE = 24e6

/** Whether to take the small copy at once. */
export function isTight(measured: Measured, { sparing }: Course): boolean {
  if (!hasSmallCopy(measured)) return false
  return sparing || (pixelsOf(measured) > LARGE_PICTURE && memory() <= LITTLE_MEMORY)
}

/**
 * What is small already needs none; HEIC has no other way to be decoded than whole, and a GIF is
 * small beside its pixels.
 */
export function hasSmallCopy(measured: Measured): boolean {
  const { format } = measured
  return format !== 'heic' && format !== 'gif' && pixelsOf(measured) > LONGEST_SIDE ** 2
}

function pixelsOf({ dimensions: { width, height } }: Measured): number {
  return width * height
}

/** Gigabytes, roughly; browsers that do not tell are taken at their best. */
function memory(): number {
  return (navigator as { deviceMemory?: number }).deviceMemory ?? Infinity
}

/** The brightness of the upright picture. Raises: Refused 'unreadable', 'vanished', 'scrambled'. */
export async function planeOf(
  file: Blob,
  measured: Measured,
  reserve: Course['reserve'],
): Promise<LumaPlane> {
  const original = sizeAfter(measured.dimensions, measured.orientation)
  await reserve((original.width * original.height) / 1e6)
  const left = turnLeft(measured)
  const [source, options] = await thriftily(file, measured)
  const copy = copyOf(sizeAfter(original, undoing(left)))
  // Kept apart from its alpha a picture is scaled down from a second whole copy.
  const bitmap = await decode(source, { ...options, ...copy, premultiplyAlpha: 'default' })
  try {
    const reduced = sizeAfter(bitmap, left)
    return planeOfReduced(await lumaOf(bitmap, left, reduced), reduced, original)
  } finally {
    bitmap.close()
  }
}

function copyOf({ width, height }: { width: number; height: number }): ImageBitmapOptions {
  const part = LONGEST_SIDE / Math.max(width, height)
  const kept = (side: number): number => Math.max(Math.round(side * part), Math.min(side, SHORTEST))
  return { resizeWidth: kept(width), resizeHeight: kept(height), resizeQuality: 'high' }
}

async function lumaOf(
  bitmap: ImageBitmap,
  turn: Orientation,
  { width, height }: { width: number; height: number },
): Promise<Float32Array> {
  const luma = new Float32Array(width * height)
  let row = 0
  for await (const strip of rowsByCanvas(bitmap, turn))
    for (let from = 0; from < strip.length; from += 4 * width, row++)
      lumaOfRow(strip, from, luma.subarray(row * width, (row + 1) * width))
  return luma
}

/** How the upright picture has to be looked at to be seen as it is stored. */
export function storedView(orientation: Orientation): View | undefined {
  return VIEWS[undoing(orientation)]
}

/** Mirrored first, then turned clockwise. */
const VIEWS: Partial<Record<Orientation, View>> = {
  2: { mirror: true },
  3: { turns: 2 },
  4: { mirror: true, turns: 2 },
  5: { mirror: true, turns: 3 },
  6: { turns: 1 },
  7: { mirror: true, turns: 1 },
  8: { turns: 3 },
}
