/** Very many pictures lose their further versions, the least worth first, and never themselves. */
import { expect, test } from 'vitest'
import { fit } from '../src/files/fit.ts'
import { SIGNAL_TYPES } from '../src/hash/signals.ts'
import type { Signal } from '../src/intake/messages.ts'

const variants = SIGNAL_TYPES.ImagePDQ.variants ?? []
const last = variants.length - 1

const picture = (number: number): Signal[] =>
  variants.map((variant, rank) => ({
    type: 'ImagePDQ',
    value: `${number} ${rank}`,
    quality: 100,
    ...(rank > 0 && { variant }),
  }))
const frame: Signal = { type: 'VideoMD5', value: 'a' }
const ten = Array.from({ length: 10 }, (_, number) => picture(number)).flat()

test('what fits stays whole', () => {
  expect(fit([...ten, frame], ten.length + 1)).toEqual({ signals: [...ten, frame], left: 0 })
})

test('the version named last goes first, of every picture', () => {
  const { signals, left } = fit([...ten, frame], ten.length)
  expect(left).toBe(10)
  expect(signals).toHaveLength(ten.length + 1 - 10)
  expect(signals.filter(({ variant }) => variant === variants[last])).toEqual([])
  expect(signals).toContain(frame)
})

test('the picture itself and what has no versions never go', () => {
  const { signals } = fit([...ten, frame], 1)
  expect(signals).toHaveLength(11)
  expect(signals.every(({ variant }) => variant === undefined)).toBe(true)
})
