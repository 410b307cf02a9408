/** A decoded HEIC's rows, a strip at a time, straight from libheif's memory where they lie close. */
import type { Decoded } from './decode.ts'
import type { Libheif } from './libheif.ts'
import type { Walk } from './orientation.ts'

/** As many as a canvas gives at a time: see `picture/readback.ts`. */
const STRIP_ROWS = 64
const PIXEL = 4

export function* uprightStrips(
  libheif: Libheif,
  { width, height, address, stride }: Decoded,
): Generator<Uint8ClampedArray> {
  const row = width * PIXEL
  const apart = new Uint8ClampedArray(stride === row ? 0 : Math.min(height, STRIP_ROWS) * row)
  for (let top = 0; top < height; top += STRIP_ROWS) {
    const rows = Math.min(STRIP_ROWS, height - top)
    const from = address + top * stride
    const { buffer } = libheif.HEAPU8
    if (stride === row) yield new Uint8ClampedArray(buffer, from, rows * row)
    else {
      for (let i = 0; i < rows; i++) {
        apart.set(new Uint8ClampedArray(buffer, from + i * stride, row), i * row)
      }
      yield apart.subarray(0, rows * row)
    }
  }
}

/** The pixels in the order of storing: each strip is a copy, since they lie far apart. */
export function* storedStrips(
  libheif: Libheif,
  { address }: Decoded,
  walk: Walk,
): Generator<Uint8ClampedArray> {
  const { width, height } = walk
  const strip = new Uint32Array(width * Math.min(height, STRIP_ROWS))
  for (let top = 0; top < height; top += STRIP_ROWS) {
    const rows = Math.min(STRIP_ROWS, height - top)
    const pixels = new Uint32Array(libheif.HEAPU8.buffer, address)
    for (let y = 0; y < rows; y++) copyRow(pixels, walk, top + y, strip, y * width)
    yield new Uint8ClampedArray(strip.buffer, 0, rows * width * PIXEL)
  }
}

function copyRow(
  pixels: Uint32Array,
  { width, first, right, down }: Walk,
  y: number,
  strip: Uint32Array,
  to: number,
): void {
  let from = first + y * down
  for (let x = 0; x < width; x++, from += right) strip[to + x] = pixels[from] ?? 0
}
