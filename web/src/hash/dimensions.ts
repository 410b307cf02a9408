/** A picture's size, read from its header: known before a bomb is unpacked. */
import type { PictureFormat } from './format.ts'
import { bmpDimensions } from './header/bmp.ts'
import { gifDimensions } from './header/gif.ts'
import { jpegDimensions } from './header/jpeg.ts'
import { pngDimensions } from './header/png.ts'
import { primaryDimensions } from './header/primary_item.ts'
import { webpDimensions } from './header/webp.ts'
import { Refused } from './refusal.ts'

/** As stored: a rotation noted in the file is not applied. */
export interface Dimensions {
  readonly width: number
  readonly height: number
}

/**
 * The size that the header states.
 *
 * Raises: Refused 'unreadable' when the header is cut off or broken.
 */
export async function dimensionsOf(file: Blob, format: PictureFormat): Promise<Dimensions> {
  try {
    return await READERS[format](file)
  } catch (error) {
    if (error instanceof RangeError) throw new Refused('unreadable')
    throw error
  }
}

const READERS: Record<PictureFormat, (file: Blob) => Promise<Dimensions>> = {
  jpeg: jpegDimensions,
  png: pngDimensions,
  webp: webpDimensions,
  gif: gifDimensions,
  bmp: bmpDimensions,
  avif: primaryDimensions,
  heic: primaryDimensions,
}
