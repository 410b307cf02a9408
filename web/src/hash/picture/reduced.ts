/** A picture that is decoded to a small copy, where there is no memory for all of it. */
import type { Course } from '../algorithm.ts'
import { decode, turnLeft, type Measured } from './decode.ts'
import { undoing, type Orientation } from './orientation.ts'
import type { View } from '../pdq/compensated.ts'
import { planeOfReduced, type LumaPlane } from '../pdq/reduced_plane.ts'
import { lumaOfRow } from '../pdq/luma.ts'
import { rowsByCanvas } from './canvas_rows.ts'
import { readsParts } from './readback.ts'
import { scaledJpeg, scalesJpegs } from './scaled_jpeg.ts'
import { isOpaque, thriftily } from './thrift.ts'
import { sizeAfter, type Size } from './turned_rows.ts'

/** The longer side of the copy, in pixels. */
const LONGEST_SIDE = 1024
/** And the shorter side of a ribbon at least: PDQ looks at 64 places along each side. */
const SHORTEST = 128
/** Devices with at most so many gigabytes kill a page that unpacks much at once. */
const LITTLE_MEMORY = 2
/** 24 megapixels unpack to 96 MB. */
const LARGE_PICTURE = 24e6
/** Chromium takes 9 bytes for each pixel whose colours are kept from it: so many take 330 MB. */
const MOST_KEPT_FROM_CHROMIUM = 36e6

/** Whether to take the small copy at once: where all of the picture takes more memory, and too much. */
export async function isTight(file: Blob, measured: Measured, course: Course): Promise<boolean> {
  if (!hasSmallCopy(measured)) return false
  const twice = readsParts() && !(await isOpaque(file, measured))
  if (twice && pixelsOf(measured) > MOST_KEPT_FROM_CHROMIUM) return true
  // Scaled down Chromium's picture takes more than read in small pieces, if it is there once.
  if (readsParts() && !twice && !isScaledByDecoder(measured)) return false
  return course.sparing || (pixelsOf(measured) > LARGE_PICTURE && memory() <= LITTLE_MEMORY)
}

function isScaledByDecoder({ format }: Measured): boolean {
  return format === 'jpeg' && scalesJpegs()
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
  const bitmap = await smallCopy(file, measured, copyOf(sizeAfter(original, undoing(left))))
  try {
    const reduced = sizeAfter(bitmap, left)
    return planeOfReduced(await lumaOf(bitmap, left, reduced), reduced, original)
  } finally {
    bitmap.close()
  }
}

async function smallCopy(file: Blob, measured: Measured, copy: Size): Promise<ImageBitmap> {
  const [source, options] = await thriftily(file, measured)
  if (isScaledByDecoder(measured)) return await scaledJpeg(source, copy)
  return await decode(source, {
    ...options,
    resizeWidth: copy.width,
    resizeHeight: copy.height,
    resizeQuality: 'high',
    // Kept apart from its alpha a picture is scaled down from a second whole copy.
    premultiplyAlpha: 'default',
  })
}

function copyOf({ width, height }: Size): Size {
  const part = LONGEST_SIDE / Math.max(width, height)
  const kept = (side: number): number => Math.max(Math.round(side * part), Math.min(side, SHORTEST))
  return { width: kept(width), height: kept(height) }
}

async function lumaOf(
  bitmap: ImageBitmap,
  turn: Orientation,
  { width, height }: Size,
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
