/** One row of a decoded frame, as the colours that the reference would see. */
import type { ColourTables } from './colours.ts'
import type { Layout, Planes } from './planes.ts'

/** Write row `y` into `rgba`, which cuts off what is out of range. Alpha is left as it is. */
export function coloursOfRow(
  { y: lumas, u: us, v: vs }: Planes,
  { across, down, step }: Layout,
  tables: ColourTables,
  y: number,
  rgba: Uint8ClampedArray,
): void {
  const chromaRow = y >> down
  const lumaAt = lumas.start + y * lumas.stride
  const uAt = us.start + chromaRow * us.stride
  const vAt = vs.start + chromaRow * vs.stride
  for (let x = 0, i = 0; i < rgba.length; x++, i += 4) {
    const chroma = (x >> across) * step
    const luma = tables.luma[lumas.samples[lumaAt + x]!]!
    const u = us.samples[uAt + chroma]!
    const v = vs.samples[vAt + chroma]!
    rgba[i] = luma + tables.redOfV[v]!
    rgba[i + 1] = luma + tables.greenOfU[u]! + tables.greenOfV[v]!
    rgba[i + 2] = luma + tables.blueOfU[u]!
  }
}
