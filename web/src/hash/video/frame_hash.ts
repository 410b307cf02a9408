/** The PDQ of one decoded frame. */
import type { VideoSample } from 'mediabunny'
import type { Kernel } from '../pdq/kernel.ts'
import type { Pdq } from '../pdq/pdq.ts'
import { colourTables } from './colours.ts'
import { damaged } from './damaged.ts'
import type { Film } from './film.ts'
import { pixelsOf } from './pixels.ts'
import { layoutOf, planesIn, type Layout, type Planes } from './planes.ts'
import { regained, REGAINED } from './regained.ts'
import { coloursOfRow } from './row.ts'

/**
 * The frame as it is stored: a rotation that the file asks for is not applied.
 *
 * Raises: Damaged when the browser hides what is in it, or has lost it.
 */
export async function hashOf(frame: VideoSample, film: Film, kernel: Kernel): Promise<Pdq> {
  const rows = await rowsOf(frame, film).catch(damaged)
  const stream = kernel.open(frame.visibleRect.width, frame.visibleRect.height)
  for (const row of rows) stream.push(row)
  return stream.finish()
}

/** The colours that the reference would see; as the browser sees them where those are lost. */
async function rowsOf(frame: VideoSample, film: Film): Promise<Iterable<Uint8ClampedArray>> {
  const layout = layoutOf(frame.format)
  if (layout) return coloursOf(frame, await planesOf(frame, layout), layout, film)
  const pixels = await pixelsOf(frame)
  const planes = regained(pixels)
  return planes ? coloursOf(frame, planes, REGAINED, film) : [pixels.rgba]
}

async function planesOf(frame: VideoSample, layout: Layout): Promise<Planes> {
  const bytes = new Uint8Array(frame.allocationSize())
  return planesIn(bytes, await frame.copyTo(bytes), layout)
}

/** One row after the other, each in the place of the one before. */
function* coloursOf(
  { visibleRect: { width, height } }: VideoSample,
  planes: Planes,
  layout: Layout,
  { fullRange }: Film,
): Generator<Uint8ClampedArray> {
  const tables = colourTables(layout.bits, fullRange)
  const row = new Uint8ClampedArray(4 * width)
  for (let y = 0; y < height; y++) {
    coloursOfRow(planes, layout, tables, y, row)
    yield row
  }
}
