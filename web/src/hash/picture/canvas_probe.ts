/**
 * Whether a canvas gives back what was drawn. Against tracking some browsers change a few bytes or
 * all of them, silently: a hash of those would be a hash of noise.
 */
import { isWhatWasDrawn, pattern, SIDE } from './probe_pattern.ts'

let known: boolean | undefined

/** Found out once in each worker. */
export function isCanvasTrue(): boolean {
  known ??= givesBackWhatWasDrawn()
  return known
}

function givesBackWhatWasDrawn(): boolean {
  const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d', { willReadFrequently: true })
  if (!context) return false
  const bytes = pattern()
  for (let at = 0; at < bytes.length; at += 4) {
    context.fillStyle = `rgb(${bytes.subarray(at, at + 3).join(' ')})`
    context.fillRect((at >> 2) % SIDE, Math.floor((at >> 2) / SIDE), 1, 1)
  }
  return isWhatWasDrawn(context.getImageData(0, 0, SIDE, SIDE).data)
}
