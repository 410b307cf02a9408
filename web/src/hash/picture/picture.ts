/** A decoded picture, whoever decoded it: the browser, or a decoder of the page's own. */
import type { Order } from '../pdq/luma.ts'

/** Some whole rows at a time, four bytes a pixel. An array may be used again for the next ones. */
export type Strips = Iterable<Uint8ClampedArray> | AsyncIterable<Uint8ClampedArray>

export interface Picture {
  readonly width: number
  readonly height: number
  /** How the bytes of a pixel lie in its rows. */
  readonly order: Order
  /** The rows from the top, with the stored colours. */
  strips(): Strips
  /** Let the pixels go. */
  close(): void
}

/** A picture as it is shown. */
export interface UprightPicture extends Picture {
  /** The same pixels as they lie in the file, if that is another way. Closed with this one. */
  readonly stored: Picture | undefined
}
