/**
 * The case number: what makes a case findable, drawn on the device and known to nobody else.
 *
 * 19 random symbols of Crockford's base32 (95 bits) and a check symbol by Luhn mod 32, so that one
 * mistyped symbol is noticed before anything is sent.
 */
export type CaseNumber = string & { readonly is: 'case number' }

/** `length` bytes nobody can foresee. An argument, so that a test can draw the same number twice. */
export type Random = (length: number) => Uint8Array

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Crockford's base32: without I, L, O and U. Source: https://www.crockford.com/base32.html */

const LENGTH = 20
const BASE = ALPHABET.length

export const secureRandom: Random = (length) => crypto.getRandomValues(new Uint8Array(length))

export function drawNumber(random: Random): CaseNumber {
  // 256 is a multiple of 32, so the low five bits of a byte are a fair symbol.
  const symbols = Array.from(random(LENGTH - 1), (byte) => symbolAt(byte % BASE)).join('')
  return (symbols + checkSymbol(symbols)) as CaseNumber
}

/** What reading a typed number came to: the number, or why it cannot be one. */
export type ReadNumber =
  | { kind: 'number'; number: CaseNumber }
  | { kind: 'wrong-length'; typed: number }
  | { kind: 'mistyped' }

export const NUMBER_LENGTH = LENGTH

export function readNumber(typed: string): ReadNumber {
  const symbols = canonical(typed)
  if (symbols.length !== LENGTH) return { kind: 'wrong-length', typed: symbols.length }
  const known = Array.from(symbols).every((symbol) => ALPHABET.includes(symbol))
  if (!known || checkSymbol(symbols.slice(0, -1)) !== symbols.at(-1)) return { kind: 'mistyped' }
  return { kind: 'number', number: symbols as CaseNumber }
}

/** Upper case, without spaces and dashes, with the letters people confuse read as digits. */
export function canonical(typed: string): string {
  return typed
    .replace(/[\s\p{Pd}]/gu, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
}

/** The symbol that Luhn mod 32 puts after `symbols`. */
function checkSymbol(symbols: string): string {
  const sum = Array.from(symbols)
    .reverse()
    .reduce((total, symbol, index) => {
      const addend = ALPHABET.indexOf(symbol) * (index % 2 === 0 ? 2 : 1)
      return total + Math.floor(addend / BASE) + (addend % BASE)
    }, 0)
  return symbolAt((BASE - (sum % BASE)) % BASE)
}

function symbolAt(index: number): string {
  return ALPHABET.charAt(index)
}
