/** The PIN. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { writtenPin } from '../src/case/credentials.ts'
import { drawPin, readPin } from '../src/case/pin.ts'

test('a PIN that was drawn is read back, however it is written', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 8, maxLength: 8, max: 249 }), (bytes) => {
      const pin = drawPin(() => bytes)
      expect(pin).toMatch(/^[0-9]{8}$/)
      expect(readPin(writtenPin(pin))).toBe(pin)
    }),
  )
})

test('bytes that would favour the low digits are drawn again', () => {
  const draws = [Uint8Array.of(250, 255, 251, 1, 2, 3, 4, 5), Uint8Array.of(6, 7, 8, 9, 9, 9, 9, 9)]
  expect(drawPin(() => draws.shift() ?? new Uint8Array())).toBe('12345678')
})

test('every digit is equally likely over all bytes', () => {
  const tally = new Map<string, number>()
  for (let byte = 0; byte < 250; byte += 1) {
    const [digit = ''] = drawPin((length) => new Uint8Array(length).fill(byte))
    tally.set(digit, (tally.get(digit) ?? 0) + 1)
  }
  expect([...tally.values()]).toEqual(Array.from({ length: 10 }, () => 25))
})

test.each(['', '1234567', '123456789', '1234567a', '１２３４５６７８', '12.345.678'])(
  '"%s" is no PIN',
  (typed) => {
    expect(readPin(typed)).toBeNull()
  },
)

test.each(['1234 5678', '1234-5678', ' 12345678 ', '1 2 3 4 5 6 7 8'])('"%s" is one', (typed) => {
  expect(readPin(typed)).toBe('12345678')
})
