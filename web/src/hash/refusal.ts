/** Why a file yields no signal. The page has words for each; none of them stops the other files. */

export type Refusal =
  'empty' | 'unsupported' | 'unreadable' | 'too-large' | 'too-plain' | 'vanished' | 'crashed'

/** Raised where the reason is known, answered once, in `worker.ts`. */
export class Refused extends Error {
  constructor(readonly reason: Refusal) {
    super(reason)
  }
}
