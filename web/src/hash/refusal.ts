/** Why a file yields no signal. The page has words for each; none of them stops the other files. */

export type Refusal =
  | 'empty'
  /** Kinds of files that many people have, each with its own advice. */
  | 'tiff'
  | 'raw'
  | 'pdf'
  | 'svg'
  | 'archive'
  /** Any other kind. */
  | 'unsupported'
  | 'unreadable'
  | 'too-large'
  | 'too-plain'
  | 'vanished'
  /** The browser hides what is in a picture from the page, against tracking. */
  | 'scrambled'
  /** The part of the page that reads this kind of file could not be fetched. */
  | 'not-loaded'
  | 'crashed'

/** Raised where the reason is known, answered once, in `worker.ts`. */
export class Refused extends Error {
  constructor(readonly reason: Refusal) {
    super(reason)
  }
}
