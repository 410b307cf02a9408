/** How a decoded frame lies in memory: a plane of luma, and chroma in fewer samples beside it. */
import type { Bits } from './colours.ts'

export interface Layout {
  readonly bits: Bits
  /** How many pixels share a sample of chroma, as a power of two. */
  readonly across: 0 | 1
  readonly down: 0 | 1
  /** From one sample to the next of the same kind: 2 where both kinds of chroma alternate. */
  readonly step: 1 | 2
}

/** Undefined for frames of another kind. Source: WebCodecs, `VideoPixelFormat`. */
export function layoutOf(format: string | null): Layout | undefined {
  if (format === 'NV12') return { bits: 8, across: 1, down: 1, step: 2 }
  const [, chroma, bits = '8'] = /^I(420|422|444)A?(?:P(10|12))?$/.exec(format ?? '') ?? []
  if (!chroma) return undefined
  return {
    bits: bits === '8' ? 8 : bits === '10' ? 10 : 12,
    across: chroma === '444' ? 0 : 1,
    down: chroma === '420' ? 1 : 0,
    step: 1,
  }
}

/** One kind of sample of a frame. */
interface Plane {
  readonly samples: Uint8Array | Uint8ClampedArray | Uint16Array
  readonly start: number
  readonly stride: number
}

export interface Planes {
  readonly y: Plane
  readonly u: Plane
  readonly v: Plane
}

/** The planes in what `VideoFrame.copyTo` wrote and how it says that they lie. */
export function planesIn(
  bytes: Uint8Array,
  planes: readonly { offset: number; stride: number }[],
  { bits, step }: Layout,
): Planes {
  const width = bits === 8 ? 1 : 2
  const samples = bits === 8 ? bytes : new Uint16Array(bytes.buffer)
  const plane = (index: number, beside = 0): Plane => {
    const { offset, stride } = planes[index] ?? { offset: 0, stride: 0 }
    return { samples, start: offset / width + beside, stride: stride / width }
  }
  return { y: plane(0), u: plane(1), v: step === 2 ? plane(1, 1) : plane(2) }
}
