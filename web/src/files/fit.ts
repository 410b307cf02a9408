/** Makes the fingerprints of very many pictures fit into one case, by what each is worth. */
import signalTypes from '../../../contract/signal_types.json'
import type { Signal } from '../intake/messages.ts'

/** The versions of a picture that are hashed, in the order of their worth. */
const VERSIONS: readonly string[] = signalTypes.ImagePDQ.variants

export interface Fitted {
  readonly signals: readonly Signal[]
  /** Fingerprints of cut or mirrored versions that had no room. Every picture itself is still in. */
  readonly left: number
}

/**
 * At most `most` signals, if leaving out versions of pictures can achieve that: the version that
 * the contract names last goes first, of all pictures. What is not a further version always stays.
 */
export function fit(signals: readonly Signal[], most: number): Fitted {
  let kept = signals
  for (let rank = VERSIONS.length - 1; rank >= 1 && kept.length > most; rank -= 1)
    kept = kept.filter((signal) => rankOf(signal) !== rank)
  return { signals: kept, left: signals.length - kept.length }
}

/** 0 is the picture as it is shown, or what has no versions; the higher, the less worth. */
export function rankOf({ variant }: Signal): number {
  return variant === undefined ? 0 : VERSIONS.indexOf(variant)
}
