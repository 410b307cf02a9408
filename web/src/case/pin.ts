/** The PIN: eight digits that protect a case from someone who found its number. */
import type { Random } from './number.ts'

export type Pin = string & { readonly is: 'pin' }

export const PIN_LENGTH = 8

export function drawPin(random: Random): Pin {
  let digits = ''
  while (digits.length < PIN_LENGTH) digits += fairDigits(random(PIN_LENGTH))
  return digits.slice(0, PIN_LENGTH) as Pin
}

/** The PIN that was typed, or null where it cannot be one. Spaces and dashes do not count. */
export function readPin(typed: string): Pin | null {
  const digits = typed.replace(/[\s\p{Pd}]/gu, '')
  return /^[0-9]{8}$/.test(digits) ? (digits as Pin) : null
}

/** Bytes from 250 up are thrown away: 256 is no multiple of ten, and 0 to 5 would come too often. */
function fairDigits(bytes: Uint8Array): string {
  return Array.from(
    bytes.filter((byte) => byte < 250),
    (byte) => byte % 10,
  ).join('')
}
