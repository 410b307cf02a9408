/** Whether this browser can hash at all. One from before 2023 cannot, and is told so in words. */
export function canHash(): boolean {
  return ['Worker', 'OffscreenCanvas', 'createImageBitmap'].every((name) => name in globalThis)
}
