/**
 * Whether this browser can hash at all. Safari before 16.4 (2023), Firefox before 105 (2022) and
 * Chrome before 69 (2018) cannot, for want of OffscreenCanvas, and are told so in words.
 *
 * Source: mdn/browser-compat-data, `OffscreenCanvas`.
 */
export function canHash(): boolean {
  return ['Worker', 'OffscreenCanvas', 'createImageBitmap'].every((name) => name in globalThis)
}
