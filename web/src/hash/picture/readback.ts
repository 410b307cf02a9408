/** From what the browser has decoded to bytes, without a change of colour on the way. */
import { rowsByCanvas } from './canvas_rows.ts'
import { heedsFormat, orderOf } from './frame_probe.ts'
import type { Orientation } from './orientation.ts'
import type { Order } from '../pdq/luma.ts'
import type { Picture } from './picture.ts'
import { sizeAfter, STRIP_ROWS, turnRows, whereRowsLie, type Size } from './turned_rows.ts'

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
