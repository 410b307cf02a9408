/** From a file to the pixels of the picture in it. Runs in a worker. */
import type { Course } from '../algorithm.ts'
import { refuseVanished } from '../bytes.ts'
import { dimensionsOf, type Dimensions } from '../dimensions.ts'
import { pictureFormatOf, type PictureFormat } from '../format.ts'
import { onGifCanvas } from './gif_canvas.ts'
import { openHeic } from '../heic/heic.ts'
import { liesOnASide, orientationOf, undoing, type Orientation } from './orientation.ts'
import type { Picture, UprightPicture } from './picture.ts'
import { rowsOf } from './readback.ts'
import { Refused } from '../refusal.ts'
import { thriftily } from './thrift.ts'
import { sizeAfter, type Size } from './turned_rows.ts'
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
 * Raises: Refused 'unreadable', 'vanished', 'not-loaded' or 'scrambled'.
 */
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
  return await uprightPicture(
    format === 'gif' ? await onGifCanvas(bitmap, file, dimensions) : bitmap,
    measured,
  )
}

/**
 * How a browser's picture still has to be turned to be upright. They turn an AVIF, as far as can be
 * seen from its sides; the other formats are decoded without word of how they lie.
 */
export function turnLeft(
  { format, orientation, dimensions }: Measured,
  bitmap?: Size,
): Orientation {
  if (format !== 'avif') return orientation
  const { width, height } = dimensions
  const asItLies = liesOnASide(orientation) && width !== height && bitmap?.width === width
  return asItLies ? orientation : 1
}

async function uprightPicture(bitmap: ImageBitmap, measured: Measured): Promise<UprightPicture> {
  const { orientation } = measured
  const left = turnLeft(measured, bitmap)
  const asStored = left === orientation
  return {
    ...(await turned(bitmap, left, asStored)),
    stored:
      orientation === 1
        ? undefined
        : await storedPicture(bitmap, asStored ? 1 : undoing(orientation), asStored),
    close: () => {
      bitmap.close()
    },
  }
}

async function storedPicture(
  bitmap: ImageBitmap,
  back: Orientation,
  asStored: boolean,
): Promise<Picture> {
  return { ...(await turned(bitmap, back, asStored)), close: () => undefined }
}

async function turned(
  bitmap: ImageBitmap,
  by: Orientation,
  asStored: boolean,
): Promise<Pick<Picture, 'width' | 'height' | 'order' | 'strips'>> {
  return { ...sizeAfter(bitmap, by), ...(await rowsOf(bitmap, by, asStored)) }
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
