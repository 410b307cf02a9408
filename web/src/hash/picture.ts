/** A decoded picture, whoever decoded it: the browser, or a decoder of the page's own. */

export interface Picture {
  readonly width: number
  readonly height: number
  /**
   * The rows from the top, as RGBA with the stored colours, some whole rows at a time.
   *
   * An array may be used again for the next strip.
   */
  strips(): Iterable<Uint8ClampedArray>
  /** Let the pixels go. */
  close(): void
}
