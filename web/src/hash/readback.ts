/** From what the browser has decoded to bytes, without a change of colour on the way. */
import { isCanvasTrue } from './canvas_probe.ts'
import { liesOnASide, type Orientation } from './orientation.ts'
import type { Order } from './pdq/luma.ts'
import type { Picture } from './picture.ts'
import { Refused } from './refusal.ts'

/** High enough to cost few calls, low enough that a strip stays small beside the picture. */
const STRIP_ROWS = 64
/** Firefox copies the whole picture for every piece: 50 MB keep pieces few. */
const PIECE_PIXELS = 12.5e6
/** Chromium reads any part at once; a buffer of a megabyte is there sooner than a larger one. */
const SMALL_PIECE_PIXELS = 0.25e6
/** Above this Firefox would take too many pieces. */
const MOST_BY_FRAME = 24e6

export function hasFrames(): boolean {
  return typeof VideoFrame !== 'undefined'
}

/**
 * The rows of a picture that lies upright in its file.
 *
 * A frame is read without a canvas: several times as fast in Chromium, and in Firefox with the
 * colours that lie under transparency. Chromium forgets a rotation on this way.
 */
export async function* rowsByFrame(
  bitmap: ImageBitmap,
  order: Order,
): AsyncGenerator<Uint8ClampedArray> {
  const { width, height } = bitmap
  const frame = new VideoFrame(bitmap, { timestamp: 0 })
  const most = STRIP_ROWS * Math.max(1, Math.floor(piecePixels() / width / STRIP_ROWS))
  const bytes = takePiece(4 * width * Math.min(height, most))
  try {
    for (let top = 0; top < height; top += most) {
      const rows = Math.min(most, height - top)
      const rect = { x: 0, y: top, width, height: rows }
      await frame.copyTo(bytes, order === 'RGBA' ? { rect, format: order } : { rect })
      yield* stripsOf(bytes.subarray(0, 4 * width * rows), width)
    }
  } finally {
    frame.close()
    spare = bytes
  }
}

/** Kept for the next picture: new memory takes Firefox a third of the time of reading. */
let spare: Uint8ClampedArray<ArrayBuffer> | undefined

function takePiece(length: number): Uint8ClampedArray<ArrayBuffer> {
  const piece = spare && spare.length >= length ? spare : new Uint8ClampedArray(length)
  spare = undefined
  return piece
}

/** As the browser keeps opaque pixels: to have them otherwise takes three times as long. */
function orderOf(bitmap: ImageBitmap): Order {
  const frame = new VideoFrame(bitmap, { timestamp: 0 })
  const { format } = frame
  frame.close()
  return format === 'BGRX' ? 'BGRA' : 'RGBA'
}

function piecePixels(): number {
  return readsParts() ? SMALL_PIECE_PIXELS : PIECE_PIXELS
}

/** Of the two, only Chromium's frames know of rotations. */
export function readsParts(): boolean {
  return hasFrames() && 'rotation' in VideoFrame.prototype
}

function* stripsOf(bytes: Uint8ClampedArray, width: number): Generator<Uint8ClampedArray> {
  const strip = 4 * width * STRIP_ROWS
  for (let from = 0; from < bytes.length; from += strip) yield bytes.subarray(from, from + strip)
}

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
  const read = readerOf(context)
  for (let top = 0; top < height; top += STRIP_ROWS) {
    context.setTransform(a, b, c, d, e, f - top)
    context.drawImage(bitmap, 0, 0)
    yield await read(width, Math.min(STRIP_ROWS, height - top))
  }
}

type Read = (width: number, height: number) => Promise<Uint8ClampedArray>

function readerOf(context: OffscreenCanvasRenderingContext2D): Read {
  if (isCanvasTrue()) return (...size) => Promise.resolve(context.getImageData(0, 0, ...size).data)
  if (!hasFrames()) throw new Refused('scrambled')
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

export function sizeAfter(
  { width, height }: { width: number; height: number },
  orientation: Orientation,
): { width: number; height: number } {
  return liesOnASide(orientation) ? { width: height, height: width } : { width, height }
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

/** The rows of a decoded picture, turned as `orientation` says. */
export function rowsOf(
  bitmap: ImageBitmap,
  orientation: Orientation,
  asStored: boolean,
): Pick<Picture, 'order' | 'strips'> {
  const frames =
    asStored && hasFrames() && (readsParts() || bitmap.width * bitmap.height <= MOST_BY_FRAME)
  if (!frames) return { order: 'RGBA', strips: () => rowsByCanvas(bitmap, orientation) }
  const order = orderOf(bitmap)
  return { order, strips: () => rowsByFrame(bitmap, order) }
}
