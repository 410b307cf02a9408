/**
 * Whether a frame gives its pixels as it is asked to. Older browsers know no `format` and copy the
 * pixels as they lie, silently: with red for blue, where these are kept the other way round.
 */
import { isWhatWasDrawn, pattern, SIDE } from './probe_pattern.ts'
import type { Order } from '../pdq/luma.ts'

let known: Promise<boolean> | undefined

/** Found out once in each worker. False where there are no frames. */
export function heedsFormat(): Promise<boolean> {
  known ??= givesBackAsAsked().catch(() => false)
  return known
}

async function givesBackAsAsked(): Promise<boolean> {
  const bitmap = await createImageBitmap(new ImageData(pattern(), SIDE, SIDE))
  const frame = new VideoFrame(bitmap, { timestamp: 0 })
  const bytes = new Uint8ClampedArray(4 * SIDE * SIDE)
  await frame.copyTo(bytes, { format: 'RGBA' })
  frame.close()
  bitmap.close()
  return isWhatWasDrawn(bytes)
}

/** How the bytes of a frame lie that is copied as it is; undefined where that is not four a pixel. */
export function orderOf({ format }: VideoFrame): Order | undefined {
  if (format === 'BGRA' || format === 'BGRX') return 'BGRA'
  return format === 'RGBA' || format === 'RGBX' ? 'RGBA' : undefined
}
