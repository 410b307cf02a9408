/** The case number, against the vectors that the functions are held to as well. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groups, note, writtenNumber } from '../src/case/credentials.ts'
import { drawNumber, readNumber, type CaseNumber } from '../src/case/number.ts'
import { readPin } from '../src/case/pin.ts'

interface Vectors {
  valid: { number: string; shown: string }[]
  forgiven: { typed: string; number: string }[]
  refused: string[]
}

const path = new URL('../../contract/vectors/case_numbers.json', import.meta.url)
const vectors = JSON.parse(readFileSync(path, 'utf8')) as Vectors

/** Bytes that decide which number is drawn. */
const draws = fc.uint8Array({ minLength: 19, maxLength: 19 })

describe('the shared vectors', () => {
  test.each(vectors.valid)('$number is read, and written in groups', ({ number, shown }) => {
    expect(readNumber(number)).toEqual({ kind: 'number', number })
    expect(writtenNumber(number as CaseNumber)).toBe(shown)
  })

  test.each(vectors.forgiven)('"$typed" is forgiven', ({ typed, number }) => {
    expect(readNumber(typed)).toEqual({ kind: 'number', number })
  })

  test.each(vectors.refused)('"%s" is refused', (typed) => {
    expect(readNumber(typed).kind).not.toBe('number')
  })
})

test('a number that was drawn is read back, however it is written', () => {
  fc.assert(
    fc.property(draws, fc.constantFrom('', ' ', '-', '–'), (bytes, between) => {
      const number = drawNumber(() => bytes)
      const typed = groups(number).join(between).toLowerCase()
      expect(readNumber(typed)).toEqual({ kind: 'number', number })
    }),
  )
})

test('every single mistyped symbol is noticed', () => {
  const symbol = fc.constantFrom(...Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ'))
  fc.assert(
    fc.property(draws, fc.nat(19), symbol, (bytes, at, other) => {
      const number = drawNumber(() => bytes)
      fc.pre(number[at] !== other)
      const mistyped = number.slice(0, at) + other + number.slice(at + 1)
      expect(readNumber(mistyped)).toEqual({ kind: 'mistyped' })
    }),
  )
})

test('a number that is too short says how much was typed', () => {
  expect(readNumber('abcd-ef')).toEqual({ kind: 'wrong-length', typed: 6 })
})

test('what is copied or saved is the two codes and nothing else', () => {
  const number = drawNumber((length) => new Uint8Array(length))
  const pin = readPin('12345678')
  expect(pin && note({ number, pin })).toBe('0000-0000-0000-0000-0000\n1234 5678\n')
})
