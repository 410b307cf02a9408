/** Which signals a file gives: those of its media, by the thresholds that their types state. */
import { describe, expect, test } from 'vitest'
import type { Algorithm } from '../../src/hash/algorithm.ts'
import { ALGORITHMS } from '../../src/hash/algorithms.ts'
import { MEDIA } from '../../src/hash/format.ts'
import { makeSignals, typesOf } from '../../src/hash/make.ts'
import { SIGNAL_TYPES } from '../../src/hash/signals.ts'
import { isWorthSending } from '../../src/hash/worth.ts'

const file = new File(['any'], 'any')

/** The contract as it may one day be: a second media, without any threshold. */
const types = {
  ImagePDQ: SIGNAL_TYPES.ImagePDQ,
  VideoMD5: { media: 'video', format: '^[0-9a-f]{32}$' },
  ImageBrief: { media: 'image', format: '^[0-9a-f]{2}$', minimum_quality: 10 },
}
type Type = keyof typeof types

const detailed = { value: '0f'.repeat(32), quality: 80 }
const plain = { value: '0f'.repeat(32), quality: 49 }

/** Algorithms that make what they are told to, each in two steps. */
function algorithms(made: Record<Type, { value: string; quality?: number }>) {
  const ran: Type[] = []
  const make =
    (type: Type): Algorithm =>
    (_, { progress }) => {
      ran.push(type)
      progress(0.5)
      progress(1)
      return Promise.resolve({ made: [made[type]], limits: [] })
    }
  const all = {
    ImagePDQ: make('ImagePDQ'),
    VideoMD5: make('VideoMD5'),
    ImageBrief: make('ImageBrief'),
  }
  return { all, ran }
}

function run(media: string, made: Partial<Record<Type, { value: string; quality?: number }>>) {
  const whole = {
    ImagePDQ: detailed,
    VideoMD5: { value: 'a'.repeat(32) },
    ImageBrief: { value: 'b7', quality: 90 },
    ...made,
  }
  const { all, ran } = algorithms(whole)
  const told: number[] = []
  const course = {
    progress: (done: number) => told.push(done),
    sparing: false,
    pause: () => Promise.resolve(),
    reserve: () => Promise.resolve(),
  }
  const signals = makeSignals(file, media, types, all, course).then((done) => done.signals)
  return { signals, ran, told }
}

describe('a file', () => {
  test('is given to the algorithms of its media and to no other', async () => {
    const { signals, ran } = run('video', {})
    expect(await signals).toEqual([{ type: 'VideoMD5', value: 'a'.repeat(32) }])
    expect(ran).toEqual(['VideoMD5'])
  })

  test('gives one signal for each type of its media, with one progress for all', async () => {
    const { signals, told } = run('image', {})
    expect((await signals).map(({ type }) => type)).toEqual(['ImagePDQ', 'ImageBrief'])
    expect(told).toEqual([0.25, 0.5, 0.75, 1])
  })

  test('gives the signals that are worth sending, and not the others', async () => {
    const { signals } = run('image', { ImagePDQ: plain })
    expect(await signals).toEqual([{ type: 'ImageBrief', value: 'b7', quality: 90 }])
  })

  test('of which no signal is worth sending is too plain', async () => {
    const { signals } = run('image', { ImagePDQ: plain, ImageBrief: { value: 'b7', quality: 9 } })
    await expect(signals).rejects.toMatchObject({ reason: 'too-plain' })
  })

  test('of a media that no type is made from is refused', async () => {
    await expect(run('sound', {}).signals).rejects.toMatchObject({ reason: 'unsupported' })
  })
})

describe('a value', () => {
  const facts = { media: 'image', format: '^[0-9a-f]{2}$', minimum_quality: 50, bits_set: [3, 5] }

  test.each([
    ['at the lowest quality', { value: '07', quality: 50 }, true],
    ['below it', { value: '07', quality: 49 }, false],
    ['of which the quality is not known', { value: '07' }, false],
    ['with the most bits', { value: '1f', quality: 50 }, true],
    ['with more', { value: '3f', quality: 50 }, false],
    ['with fewer than the fewest', { value: '03', quality: 50 }, false],
  ] as const)('%s: worth sending is %s', (_, made, worth) => {
    expect(isWorthSending(made, facts)).toBe(worth)
  })

  test('that is not of its format never leaves', () => {
    expect(() => isWorthSending({ value: 'XY', quality: 99 }, facts)).toThrow('format')
  })
})

describe('the contract', () => {
  test('has an algorithm for each type, and a format for each media', () => {
    expect(Object.keys(ALGORITHMS)).toEqual(Object.keys(SIGNAL_TYPES))
    const made = [...new Set(Object.values(MEDIA))].flatMap((media) => typesOf(media, SIGNAL_TYPES))
    expect(made).toEqual(Object.keys(SIGNAL_TYPES))
  })
})
