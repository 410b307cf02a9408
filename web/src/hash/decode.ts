/** From a file to the pixels a browser would show, in strips. Runs in a worker. */
import type { Course } from './algorithm.ts'
import { bytesOf } from './bytes.ts'
import { dimensionsOf, type Dimensions } from './dimensions.ts'
import { pictureFormatOf } from './format.ts'
import { openHeic } from './heic/heic.ts'
import type { Picture } from './picture.ts'
import { Refused } from './refusal.ts'

/** 100 megapixels unpack to 400 MB, about what a good phone spares for one page. */
const MOST_PIXELS = 100e6
/** The longest side a canvas may have in every browser. Source: Firefox, the strictest. */
const LONGEST_SIDE = 32_767
/** High enough to cost few calls, low enough that a strip stays small beside the picture. */
const STRIP_ROWS = 64

/**
 * Decode a picture, upright, with its pixels' stored colours, when there is room for them. Close it
 * after use.
 *
 * Raises: Refused 'empty', 'unsupported', 'too-large', 'unreadable', 'vanished' or 'not-loaded'.
 */
export async function openPicture(file: Blob, reserve?: Course['reserve']): Promise<Picture> {
  const format = await pictureFormatOf(file)
  const dimensions = await dimensionsOf(file, format)
  refuseTooLarge(dimensions)
  await reserve?.((dimensions.width * dimensions.height) / 1e6)
  return format === 'heic' ? await openHeic(file) : asPicture(await decode(file))
}

function asPicture(bitmap: ImageBitmap): Picture {
  return {
    width: bitmap.width,
    height: bitmap.height,
    strips: () => stripsOf(bitmap),
    close: () => bitmap.close(),
  }
}

function refuseTooLarge({ width, height }: Dimensions): void {
  const large = width * height > MOST_PIXELS || Math.max(width, height) > LONGEST_SIDE
  if (large) throw new Refused('too-large')
}

/** Colours are not converted: the reference tools hash the stored ones, whatever their profile. */
async function decode(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, {
      colorSpaceConversion: 'none',
      premultiplyAlpha: 'none',
    })
  } catch {
    await bytesOf(file, 0, 1)
    throw new Refused('unreadable')
  }
}

/**
 * The picture's rows from the top, as RGBA, 64 at a time.
 *
 * One small canvas serves all strips, so a large picture needs no second copy.
 */
function* stripsOf(picture: ImageBitmap): Generator<Uint8ClampedArray> {
  const { width, height } = picture
  const context = new OffscreenCanvas(width, Math.min(height, STRIP_ROWS)).getContext('2d', {
    willReadFrequently: true,
  })
  if (!context) throw new Error('The browser has no canvas to spare')
  context.globalCompositeOperation = 'copy'
  for (let top = 0; top < height; top += STRIP_ROWS) {
    const rows = Math.min(STRIP_ROWS, height - top)
    context.drawImage(picture, 0, top, width, rows, 0, 0, width, rows)
    yield context.getImageData(0, 0, width, rows).data
  }
}
