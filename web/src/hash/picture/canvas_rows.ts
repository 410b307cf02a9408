/** The rows of a picture by way of a canvas, which may turn it. */
import { isCanvasTrue } from './canvas_probe.ts'
import { heedsFormat } from './frame_probe.ts'
import type { Orientation } from './orientation.ts'
import { Refused } from '../refusal.ts'
import { sizeAfter, STRIP_ROWS } from './turned_rows.ts'

/**
 * The rows of a picture that is turned first, exactly: pixels change their places and nothing else.
 *
 * One small canvas serves all strips, so a large picture needs no second copy.
 *
 * Raises: Refused 'scrambled' when the browser shows pages other pixels than it draws.
 */
export async function* rowsByCanvas(
  bitmap: ImageBitmap,
  orientation: Orientation,
): AsyncGenerator<Uint8ClampedArray> {
  const { width, height } = sizeAfter(bitmap, orientation)
  const canvas = new OffscreenCanvas(width, Math.min(height, STRIP_ROWS))
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new RangeError('no canvas to spare')
  context.globalCompositeOperation = 'copy'
  context.imageSmoothingEnabled = false
  const [a, b, c, d, e, f] = turn(orientation, bitmap)
  const read = await readerOf(context)
  for (let top = 0; top < height; top += STRIP_ROWS) {
    context.setTransform(a, b, c, d, e, f - top)
    context.drawImage(bitmap, 0, 0)
    yield await read(width, Math.min(STRIP_ROWS, height - top))
  }
}

type Read = (width: number, height: number) => Promise<Uint8ClampedArray>

async function readerOf(context: OffscreenCanvasRenderingContext2D): Promise<Read> {
  if (isCanvasTrue()) return (...size) => Promise.resolve(context.getImageData(0, 0, ...size).data)
  if (!(await heedsFormat())) throw new Refused('scrambled')
  return (...size) => readFrame(context.canvas, ...size)
}

/** Some protections add noise to a canvas that is read directly, and none to a frame of it. */
async function readFrame(
  canvas: OffscreenCanvas,
  width: number,
  height: number,
): Promise<Uint8ClampedArray> {
  const frame = new VideoFrame(canvas, { timestamp: 0 })
  const bytes = new Uint8ClampedArray(4 * width * height)
  await frame.copyTo(bytes, { rect: { x: 0, y: 0, width, height }, format: 'RGBA' })
  frame.close()
  return bytes
}

type Matrix = readonly [number, number, number, number, number, number]

/** Where the pixels of a picture that lies as `orientation` says have to go to be upright. */
function turn(orientation: Orientation, { width: w, height: h }: ImageBitmap): Matrix {
  const turns: Record<Orientation, Matrix> = {
    1: [1, 0, 0, 1, 0, 0],
    2: [-1, 0, 0, 1, w, 0],
    3: [-1, 0, 0, -1, w, h],
    4: [1, 0, 0, -1, 0, h],
    5: [0, 1, 1, 0, 0, 0],
    6: [0, 1, -1, 0, h, 0],
    7: [0, -1, -1, 0, h, w],
    8: [0, -1, 1, 0, 0, w],
  }
  return turns[orientation]
}
