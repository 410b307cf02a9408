/** The kernel, whole, against what the reference package made of the same pictures. */
import { crc32 } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import vectors from '../../../contract/vectors/pdq.json'
import { frequenciesOf } from '../../src/hash/pdq/dct.ts'
import { lumaOfRow } from '../../src/hash/pdq/luma.ts'
import { Tent } from '../../src/hash/pdq/tent.ts'
import { draw, type Drawing } from './drawings.ts'
import { KERNELS } from './kernels.ts'

describe.each(vectors.pictures)('$kind $grain, $width x $height', (vector) => {
  const rgba = draw(vector)

  test('is drawn as the vectors mean it', () => {
    expect(crc32(withoutAlpha(rgba))).toBe(vector.crc32)
  })

  test.each(KERNELS)('has the hash and the quality of the reference, by $kind', (kernel) => {
    const pdq = kernel.open(vector.width, vector.height)
    pdq.push(rgba)
    expect(pdq.finish()).toEqual({ hash: vector.hash, quality: vector.quality })
  })
})

test.each(vectors.frequencies)(
  '$kind $grain, $width x $height: equal before the bits',
  (vector) => {
    const frequencies = frequenciesOf(samplesOf(vector))
    const digits = [...frequencies].map((number) => singlePrecision(number)).join('')
    expect(digits).toBe(vector.frequencies)
  },
)

function withoutAlpha(rgba: Uint8ClampedArray): Uint8Array {
  return Uint8Array.from(rgba.filter((_, i) => i % 4 < 3))
}

function samplesOf(drawing: Drawing): Float32Array {
  const { width, height } = drawing
  const rgba = draw(drawing)
  const rows = Array.from({ length: height }, (_, y) => {
    const luma = new Float32Array(width)
    lumaOfRow(rgba, 4 * width * y, luma)
    return luma
  })
  if (width === 64 && height === 64) return Float32Array.from(rows.flatMap((row) => [...row]))
  const tent = new Tent(width, height)
  for (const row of rows) tent.push(row)
  return tent.samples
}

function singlePrecision(number: number): string {
  const bytes = new DataView(new ArrayBuffer(4))
  bytes.setFloat32(0, number)
  return bytes.getUint32(0).toString(16).padStart(8, '0')
}
