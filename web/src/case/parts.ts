/**
 * A case as it will be sent, byte for byte: what the check screen shows is what leaves the device.
 *
 * Large cases go in parts of at most 500 fingerprints. Where a part begins depends on nothing but
 * its place, so a part that is sent again is the same part.
 */
import type { Signal } from '../intake/messages.ts'
import type { Credentials } from './credentials.ts'

export const PART_SIZE = 500

/** Fingerprints that one case may hold. */
export const MOST_SIGNALS = 10_000

/** The offsets at which the parts of a case of `total` fingerprints begin. */
export function offsets(total: number): number[] {
  return Array.from({ length: Math.ceil(total / PART_SIZE) }, (_, index) => index * PART_SIZE)
}

/** The part that begins at `offset`, as the JSON that will be sent. */
export function part(
  { number, pin }: Credentials,
  signals: readonly Signal[],
  offset: number,
): string {
  const chunk = signals.slice(offset, offset + PART_SIZE)
  const body = {
    number,
    pin,
    total: signals.length,
    offset,
    // Written field by field: whatever else the hasher may one day say stays here.
    signals: chunk.map(({ type, value, quality, variant, reduced }) => ({
      type,
      value,
      quality,
      variant,
      reduced,
    })),
  }
  return JSON.stringify(body, null, 2)
}

const HIDDEN = '•'

/** The same text with number and PIN made unreadable, for a screen that others may see. */
export function masked(part: string, { number, pin }: Credentials): string {
  return part
    .replace(`"number": "${number}"`, `"number": "${HIDDEN.repeat(number.length)}"`)
    .replace(`"pin": "${pin}"`, `"pin": "${HIDDEN.repeat(pin.length)}"`)
}
