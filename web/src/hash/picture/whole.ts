/** Whether a file is all there. Firefox shows a cut picture with grey for the rest of it. */
import type { PictureFormat } from '../format.ts'
import { isBmpWhole } from '../header/bmp.ts'
import { isGifWhole } from '../header/gif.ts'
import { isJpegWhole } from '../header/jpeg.ts'
import { isPngWhole } from '../header/png.ts'
import { isWebpWhole } from '../header/webp.ts'
import { Refused } from '../refusal.ts'

/** Raises: Refused 'unreadable' when the file breaks off, as far as its format lets one see. */
export async function refuseCut(file: Blob, format: PictureFormat): Promise<void> {
  try {
    if ((await ENDS[format]?.(file)) === false) throw new Refused('unreadable')
  } catch (error) {
    if (error instanceof RangeError) throw new Refused('unreadable')
    throw error
  }
}

/** Every browser refuses an AVIF that breaks off, and libheif a HEIC. */
const ENDS: Partial<Record<PictureFormat, (file: Blob) => Promise<boolean>>> = {
  jpeg: isJpegWhole,
  png: isPngWhole,
  webp: isWebpWhole,
  gif: isGifWhole,
  bmp: isBmpWhole,
}
