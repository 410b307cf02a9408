/** The colours of a frame, as the browser makes them. */
import type { VideoSample } from 'mediabunny'
import { isCanvasTrue } from '../picture/canvas_probe.ts'
import { heedsFormat } from '../picture/frame_probe.ts'
import { Damaged } from './damaged.ts'

/** Red, green, blue and whatever, without gaps. */
export interface Pixels {
  readonly rgba: Uint8ClampedArray
  readonly width: number
  readonly height: number
}

/** Raises: Damaged when the browser hides what is in the frame. */
export async function pixelsOf(frame: VideoSample): Promise<Pixels> {
  const { width, height } = frame.visibleRect
  const rgba = new Uint8ClampedArray(4 * width * height)
  if (frame.format === null || !(await heedsFormat())) return { rgba: drawn(frame), width, height }
  await frame.copyTo(rgba, { format: 'RGBA', layout: [{ offset: 0, stride: 4 * width }] })
  return { rgba, width, height }
}

/** For one that a graphics card keeps to itself. */
function drawn(frame: VideoSample): Uint8ClampedArray {
  if (!isCanvasTrue()) throw new Damaged('scrambled')
  const { width, height } = frame.visibleRect
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (!context) throw new RangeError('no canvas for a frame')
  const stored = frame.toVideoFrame()
  context.drawImage(stored, 0, 0, width, height)
  stored.close()
  return context.getImageData(0, 0, width, height).data
}
