/** From a file to the pixels of the picture in it. Runs in a worker. */
import type { Course } from './algorithm.ts'
import { refuseVanished } from './bytes.ts'
import { dimensionsOf, type Dimensions } from './dimensions.ts'
import { pictureFormatOf, type PictureFormat } from './format.ts'
import { onGifCanvas } from './gif_canvas.ts'
import { openHeic } from './heic/heic.ts'
import { orientationOf, undoing, type Orientation } from './orientation.ts'
import type { UprightPicture } from './picture.ts'
import { rowsOf, sizeAfter } from './readback.ts'
import { Refused } from './refusal.ts'
import { thriftily } from './thrift.ts'
import { refuseCut } from './whole.ts'

/** 100 megapixels unpack to 400 MB, about what a good phone spares for one page. */
const MOST_PIXELS = 100e6
/** The longest side a canvas may have in every browser. Source: Firefox, the strictest. */
const LONGEST_SIDE = 32_767
/** libheif takes 7 bytes for each pixel of a phone's photograph, where others have 4. */
const HEIC_SHARE = 2

/** What is known of a picture before it is decoded. */
export interface Measured {
  readonly format: PictureFormat
  /** As stored. */
  readonly dimensions: Dimensions
  readonly orientation: Orientation
}

/** Raises: Refused 'empty', 'too-large', 'unreadable', 'vanished' or the kind of file. */
export async function measure(file: Blob): Promise<Measured> {
  const format = await pictureFormatOf(file)
  const dimensions = await dimensionsOf(file, format)
  refuseTooLarge(dimensions)
  await refuseCut(file, format)
  return { format, dimensions, orientation: await orientationOf(file, format) }
}

function refuseTooLarge({ width, height }: Dimensions): void {
  const large = width * height > MOST_PIXELS || Math.max(width, height) > LONGEST_SIDE
  if (large) throw new Refused('too-large')
}

/**
 * Decode a picture, upright, with its pixels' stored colours, when there is room for them. Close it
 * after use.
 *
 * Raises: Refused, as `measure` does, and 'not-loaded' or 'scrambled'.
 */
export async function openPicture(
  file: Blob,
  reserve?: Course['reserve'],
): Promise<UprightPicture> {
  return await openMeasured(file, await measure(file), reserve)
}

export async function openMeasured(
  file: Blob,
  measured: Measured,
  reserve?: Course['reserve'],
): Promise<UprightPicture> {
  const { format, dimensions } = measured
  const share = format === 'heic' ? HEIC_SHARE : 1
  await reserve?.((share * dimensions.width * dimensions.height) / 1e6)
  if (format === 'heic') return await openHeic(file)
  const bitmap = await decode(...(await thriftily(file, measured)))
  return uprightPicture(
    format === 'gif' ? await onGifCanvas(bitmap, file, dimensions) : bitmap,
    measured,
  )
}

/** How a browser's picture still has to be turned to be upright: none turns a WebP, all the others. */
export function turnLeft({ format, orientation }: Measured): Orientation {
  return format === 'webp' ? orientation : 1
}

function uprightPicture(bitmap: ImageBitmap, measured: Measured): UprightPicture {
  const left = turnLeft(measured)
  return {
    ...turned(bitmap, left, measured),
    stored: measured.orientation === 1 ? undefined : storedPicture(bitmap, measured, left),
    close: () => {
      bitmap.close()
    },
  }
}

function storedPicture(bitmap: ImageBitmap, measured: Measured, left: Orientation): UprightPicture {
  const back = left === 1 ? undoing(measured.orientation) : 1
  return { ...turned(bitmap, back, measured), stored: undefined, close: () => undefined }
}

function turned(
  bitmap: ImageBitmap,
  by: Orientation,
  measured: Measured,
): Pick<UprightPicture, 'width' | 'height' | 'order' | 'strips'> {
  const untouched = by === 1 && (measured.orientation === 1 || turnLeft(measured) !== 1)
  return { ...sizeAfter(bitmap, by), ...rowsOf(bitmap, by, untouched) }
}

/**
 * Colours are not converted: the reference tools hash the stored ones, whatever their profile.
 *
 * Raises: Refused 'unreadable' or 'vanished'.
 */
export async function decode(file: Blob, reduced: ImageBitmapOptions = {}): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, {
      colorSpaceConversion: 'none',
      premultiplyAlpha: 'none',
      ...reduced,
    })
  } catch {
    await refuseVanished(file)
    throw new Refused('unreadable')
  }
}
