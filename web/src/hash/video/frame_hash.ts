/** The PDQ of one decoded frame. */
import type { VideoSample } from 'mediabunny'
import type { Kernel } from '../pdq/kernel.ts'
import type { Pdq } from '../pdq/pdq.ts'
import { colourTables, type ColourTables } from './colours.ts'
import type { Film } from './film.ts'
import { layoutOf, planesIn, type Layout } from './planes.ts'
import { coloursOfRow } from './row.ts'

/** The frame as it is stored: a rotation that the file asks for is not applied. */
export async function hashOf(frame: VideoSample, film: Film, kernel: Kernel): Promise<Pdq> {
  const layout = layoutOf(frame.format)
  if (!layout) return hashOfColours(frame, kernel)
  const fullRange = film.knowsFullRange && frame.colorSpace.fullRange === true
  return await hashOfPlanes(frame, layout, colourTables(layout.bits, fullRange), kernel)
}

async function hashOfPlanes(
  frame: VideoSample,
  layout: Layout,
  tables: ColourTables,
  kernel: Kernel,
): Promise<Pdq> {
  const { width, height } = frame.visibleRect
  const bytes = new Uint8Array(frame.allocationSize())
  const planes = planesIn(bytes, await frame.copyTo(bytes), layout)
  const stream = kernel.open(width, height)
  const row = new Uint8ClampedArray(4 * width)
  for (let y = 0; y < height; y++) {
    coloursOfRow(planes, layout, tables, y, row)
    stream.push(row)
  }
  return stream.finish()
}

/** For formats of colours, and for those that a graphics card keeps to itself. */
function hashOfColours(frame: VideoSample, kernel: Kernel): Pdq {
  const { width, height } = frame.visibleRect
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (!context) throw new RangeError('no canvas for a frame')
  const stored = frame.toVideoFrame()
  context.drawImage(stored, 0, 0, width, height)
  stored.close()
  const stream = kernel.open(width, height)
  stream.push(context.getImageData(0, 0, width, height).data)
  return stream.finish()
}
