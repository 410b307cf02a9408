/**
 * Whether a canvas gives back what was drawn. Against tracking some browsers change a few bytes or
 * all of them, silently: a hash of those would be a hash of noise.
 */

/** Pixels a side: with fewer the noise that some browsers add may miss all of them. */
const SIDE = 64

let known: boolean | undefined

/** Found out once in each worker. */
export function isCanvasTrue(): boolean {
  known ??= givesBackWhatWasDrawn()
  return known
}

function givesBackWhatWasDrawn(): boolean {
  const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d', { willReadFrequently: true })
  if (!context) return false
  for (let i = 0; i < SIDE * SIDE; i++) {
    context.fillStyle = `rgb(${colourOf(i).join(' ')})`
    context.fillRect(i % SIDE, Math.floor(i / SIDE), 1, 1)
  }
  const { data } = context.getImageData(0, 0, SIDE, SIDE)
  return data.every((byte, at) => byte === [...colourOf(at >> 2), 255][at & 3])
}

/** A colour of its own for each pixel. */
function colourOf(i: number): [number, number, number] {
  return [(i * 7) & 255, (i * 13 + (i >> 8)) & 255, (i * 31 + (i >> 4)) & 255]
}
