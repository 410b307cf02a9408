/** Whether a value would find its file again, by the thresholds that the contract states. */
import { bitsSet } from './pdq/bits.ts'
import type { Facts } from './signals.ts'

/** What an algorithm makes of a file. */
export interface Made {
  readonly value: string
  readonly quality?: number
  readonly variant?: string
  readonly reduced?: true
}

/**
 * Whether it is worth sending. A threshold that the type does not have is no hindrance.
 *
 * Raises: Error when the value is not of its type's format, which is a fault of the algorithm.
 */
export function isWorthSending({ value, quality }: Made, facts: Facts): boolean {
  if (!new RegExp(facts.format).test(value)) throw new Error('A value is not of its format')
  return isDetailed(quality, facts) && isBalanced(value, facts)
}

function isDetailed(quality: number | undefined, { minimum_quality: least }: Facts): boolean {
  return least === undefined || (quality !== undefined && quality >= least)
}

/** A hash is half ones by design; one far from it says nothing and would match at random. */
function isBalanced(value: string, { bits_set: range }: Facts): boolean {
  if (range === undefined) return true
  const [fewest = 0, most = Infinity] = range
  const bits = bitsSet(value)
  return bits >= fewest && bits <= most
}
