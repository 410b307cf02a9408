/** The hashes of a film that are worth keeping: of frames that look alike, the first. */
import { SIGNAL_TYPES } from '../signals.ts'
import { isWorthSending, type Made } from '../worth.ts'
import type { Pdq } from '../pdq/pdq.ts'

/**
 * Bits. A frame this near to a kept one is left out. With the 2 bits that a frame may be off the
 * reference's, whoever has the frame that was left out is within 8 of one that was kept.
 */
export const ALIKE = 6

/** A case holds 10,000 signals of all its files: five films of the longest kind. */
export const MOST_FRAMES = 2000

export class KeptFrames {
  readonly #kept: { made: Made; words: Uint32Array }[] = []

  /** A frame that would not be sent stands for no other. */
  add({ hash, quality }: Pdq): void {
    const made = { value: hash, quality }
    if (!isWorthSending(made, SIGNAL_TYPES.VideoPDQ)) return
    const words = wordsOf(hash)
    if (this.#kept.some((other) => distance(words, other.words) <= ALIKE)) return
    this.#kept.push({ made, words })
  }

  /** In the order of the film; of too many, such as lie evenly between the first and the last. */
  get made(): Made[] {
    const step = Math.max(1, this.#kept.length / MOST_FRAMES)
    return this.#kept
      .filter((_, i) => Math.floor(i / step) > Math.floor((i - 1) / step))
      .map(({ made }) => made)
  }
}

function wordsOf(hash: string): Uint32Array {
  return Uint32Array.from({ length: 8 }, (_, i) => parseInt(hash.slice(8 * i, 8 * i + 8), 16))
}

function distance(one: Uint32Array, other: Uint32Array): number {
  return one.reduce((bits, word, i) => bits + bitsOf(word ^ (other[i] ?? 0)), 0)
}

/** Source: H. S. Warren, Hacker's Delight, 5-1: pairs, nibbles and bytes summed side by side. */
function bitsOf(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
