/** A first frame that is smaller than its GIF: Firefox gives the frame alone, without its canvas. */
import type { Dimensions } from '../dimensions.ts'
import { gifFirstFrame } from '../header/gif.ts'

/** The whole canvas, as the other browsers give it. The frame is closed if it was smaller. */
export async function onGifCanvas(
  frame: ImageBitmap,
  file: Blob,
  { width, height }: Dimensions,
): Promise<ImageBitmap> {
  if (frame.width === width && frame.height === height) return frame
  const { left, top } = await gifFirstFrame(file)
  const canvas = new OffscreenCanvas(width, height)
  canvas.getContext('2d')?.drawImage(frame, left, top)
  frame.close()
  return canvas.transferToImageBitmap()
}
