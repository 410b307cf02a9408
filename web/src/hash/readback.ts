/** From what the browser has decoded to bytes, without a change of colour on the way. */
import { isCanvasTrue } from './canvas_probe.ts'
import { heedsFormat, orderOf } from './frame_probe.ts'
import { liesOnASide, type Orientation } from './orientation.ts'
import type { Order } from './pdq/luma.ts'
import type { Picture } from './picture.ts'
import { Refused } from './refusal.ts'
import { turnRows, whereRowsLie, type Size } from './turned_rows.ts'

/** High enough to cost few calls, low enough that a strip stays small beside the picture. */
const STRIP_ROWS = 64
/** Firefox copies the whole picture for every piece: 50 MB keep pieces few. */
const PIECE_PIXELS = 12.5e6
/** Chromium reads any part at once; a buffer of a megabyte is there sooner than a larger one. */
const SMALL_PIECE_PIXELS = 0.25e6
/** Above this Firefox would take too many pieces. */
const MOST_BY_FRAME = 24e6

/**
 * The rows of a picture, turned as `orientation` says: pixels change their places and nothing else.
 *
 * A frame is read without a canvas: several times as fast in Chromium, and in Firefox with the
 * colours that lie under transparency. Chromium forgets a rotation of its own on this way.
 */
async function* rowsByFrame(
  bitmap: ImageBitmap,
  orientation: Orientation,
  order: Order,
): AsyncGenerator<Uint8ClampedArray> {
  const { width, height } = sizeAfter(bitmap, orientation)
  const frame = new VideoFrame(bitmap, { timestamp: 0 })
  const most = STRIP_ROWS * Math.max(1, Math.floor(piecePixels() / width / STRIP_ROWS))
  const bytes = takePiece(4 * width * Math.min(height, most))
  const strip = new Uint32Array(orientation === 1 ? 0 : width * Math.min(height, STRIP_ROWS))
  try {
    for (let top = 0; top < height; top += most) {
      const rows = Math.min(most, height - top)
      const rect = whereRowsLie(orientation, bitmap, top, rows)
      await frame.copyTo(bytes, order === orderOf(frame) ? { rect } : { rect, format: order })
      const piece = bytes.subarray(0, 4 * width * rows)
      yield* orientation === 1
        ? stripsOf(piece, width)
        : turnedStrips(piece, rect, orientation, strip)
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

/** In what order a frame's pixels are to be had without a mistake, if they are. */
async function orderToAsk(bitmap: ImageBitmap): Promise<Order | undefined> {
  if (typeof VideoFrame === 'undefined') return undefined
  const frame = new VideoFrame(bitmap, { timestamp: 0 })
  const kept = orderOf(frame)
  // To have them otherwise takes three times as long; but with transparency the browser must see to it.
  const asKept = frame.format === 'BGRX' || !(await heedsFormat())
  frame.close()
  return asKept ? kept : 'RGBA'
}

function piecePixels(): number {
  return readsParts() ? SMALL_PIECE_PIXELS : PIECE_PIXELS
}

/** Of the two, only Chromium's frames know of rotations. */
export function readsParts(): boolean {
  return typeof VideoFrame !== 'undefined' && 'rotation' in VideoFrame.prototype
}

function* stripsOf(bytes: Uint8ClampedArray, width: number): Generator<Uint8ClampedArray> {
  const strip = 4 * width * STRIP_ROWS
  for (let from = 0; from < bytes.length; from += strip) yield bytes.subarray(from, from + strip)
}

/** One `strip` serves all: an array for each piece would be a second copy of the picture. */
function* turnedStrips(
  bytes: Uint8ClampedArray<ArrayBuffer>,
  piece: Size,
  orientation: Orientation,
  strip: Uint32Array<ArrayBuffer>,
): Generator<Uint8ClampedArray> {
  const { width } = sizeAfter(piece, orientation)
  const pixels = new Uint32Array(bytes.buffer, 0, bytes.length / 4)
  for (let at = 0; at < pixels.length; at += strip.length) {
    const rows = strip.subarray(0, pixels.length - at)
    turnRows(orientation, pixels, piece, at / width, rows)
    yield new Uint8ClampedArray(rows.buffer, 0, 4 * rows.length)
  }
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

export function sizeAfter({ width, height }: Size, orientation: Orientation): Size {
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

/**
 * The rows of a decoded picture, turned as `orientation` says. `asStored`: the browser has not
 * turned it before.
 */
export async function rowsOf(
  bitmap: ImageBitmap,
  orientation: Orientation,
  asStored: boolean,
): Promise<Pick<Picture, 'order' | 'strips'>> {
  const few = readsParts() || bitmap.width * bitmap.height <= MOST_BY_FRAME
  const order = asStored && few ? await orderToAsk(bitmap) : undefined
  return order
    ? { order, strips: () => rowsByFrame(bitmap, orientation, order) }
    : { order: 'RGBA', strips: () => rowsByCanvas(bitmap, orientation) }
}
