/** What chosen files come to, and that the person can always stop, remove and try again. */
import { describe, expect, test } from 'vitest'
import { after, canPause } from '../src/files/row.ts'
import { Selection } from '../src/files/selection.svelte.ts'
import { secondsLeft } from '../src/files/time_left.ts'
import type { HasherEvent } from '../src/hash/hasher.ts'
import { HeldFiles } from '../src/intake/held_files.ts'
import { MOST_FILES, type IntakeEvent, type Signal } from '../src/intake/messages.ts'

const signal = (digit: string): Signal => ({
  type: 'ImagePDQ',
  value: digit.repeat(64),
  quality: 100,
})

/** A selection and its files, whose hasher is the test's to play. */
function selection() {
  const asked: string[] = []
  const crossed: IntakeEvent[] = []
  const hashers: ((event: HasherEvent) => void)[] = []
  const open = (onEvent: (event: HasherEvent) => void) => {
    hashers.push(onEvent)
    return {
      add: (id: number) => asked.push(`add ${id}`),
      cancel: (id: number) => {
        asked.push(`cancel ${id}`)
        onEvent({ kind: 'cancelled', id })
      },
      pause: (id: number) => asked.push(`pause ${id}`),
      resume: (id: number) => asked.push(`resume ${id}`),
      close: () => asked.push('close'),
    }
  }
  const held: HeldFiles[] = []
  const chosen = new Selection(
    (onEvent) => {
      const files = new HeldFiles(open, (event) => {
        crossed.push(event)
        onEvent(event)
      })
      held.push(files)
      return files
    },
    () => 0,
  )
  return {
    chosen,
    asked,
    crossed,
    add: (files: File[]) => held[0]?.add(files),
    held: (id: number) => held[0]?.file(id),
    tell: (event: HasherEvent) => hashers.at(-1)?.(event),
  }
}

const files = (count: number) => Array.from({ length: count }, () => new File(['x'], 'secret.jpg'))

describe('the files', () => {
  test('give the fingerprints of all that are done, each once', () => {
    const { chosen, add, tell } = selection()
    add(files(3))
    tell({ kind: 'hashed', id: 1, signals: [signal('a'), signal('b')], limits: [] })
    tell({ kind: 'hashed', id: 2, signals: [signal('a'), signal('b')], limits: [] })
    tell({ kind: 'refused', id: 3, reason: 'too-plain' })
    expect(chosen.summary).toMatchObject({ total: 3, settled: 3, ready: 1, done: 1 })
    expect(chosen.summary.signals).toEqual([signal('a'), signal('b')])
    expect(chosen.summary.repeats).toEqual(new Map([[2, 1]]))
    expect(chosen.busy).toBe(false)
  })

  test('a repeat takes the place of the one it repeats, once that is removed', () => {
    const { chosen, add, tell } = selection()
    add(files(2))
    tell({ kind: 'hashed', id: 1, signals: [signal('a')], limits: [] })
    tell({ kind: 'hashed', id: 2, signals: [signal('a')], limits: [] })
    const [first] = chosen.rows
    if (first) chosen.remove(first)
    expect(chosen.summary).toMatchObject({ ready: 1, signals: [signal('a')], repeats: new Map() })
    expect(chosen.rows.map((row) => row.number)).toEqual([2])
  })

  test('a picture that is what another is mirrored is kept as itself', () => {
    const { chosen, add, tell } = selection()
    add(files(2))
    const mirrored: Signal = { ...signal('b'), variant: 'mirrored' }
    const upright: Signal = { ...signal('b'), variant: 'upright' }
    tell({ kind: 'hashed', id: 1, signals: [signal('a'), mirrored], limits: [] })
    tell({ kind: 'hashed', id: 2, signals: [upright, signal('c')], limits: [] })
    expect(chosen.summary.signals).toEqual([signal('a'), upright, signal('c')])
  })

  test('cancelling stops what is not done and keeps what is', () => {
    const { chosen, add, asked, tell } = selection()
    add(files(3))
    tell({ kind: 'hashed', id: 1, signals: [signal('a')], limits: [] })
    tell({ kind: 'progress', id: 2, done: 0.5 })
    chosen.cancelAll()
    tell({ kind: 'hashed', id: 2, signals: [signal('b')], limits: [] })
    expect(chosen.rows.map((row) => row.state.kind)).toEqual(['hashed', 'cancelled', 'cancelled'])
    expect(asked.slice(3)).toEqual(['cancel 3', 'cancel 2', 'cancel 1'])
  })

  test('what was cancelled can be tried again, and an old answer does not count before', () => {
    const { chosen, add, asked, tell } = selection()
    add(files(1))
    chosen.cancelAll()
    tell({ kind: 'refused', id: 1, reason: 'crashed' })
    expect(chosen.rows[0]?.state).toEqual({ kind: 'cancelled' })
    for (const row of chosen.rows) chosen.retry(row)
    expect(chosen.rows[0]?.state).toEqual({ kind: 'waiting' })
    expect(asked).toEqual(['add 1', 'cancel 1', 'add 1'])
    tell({ kind: 'hashed', id: 1, signals: [signal('c')], limits: [] })
    expect(chosen.summary.ready).toBe(1)
  })

  test('what is done is not tried again', () => {
    const { chosen, add, asked, tell } = selection()
    add(files(1))
    tell({ kind: 'hashed', id: 1, signals: [signal('a')], limits: [] })
    for (const row of chosen.rows) chosen.retry(row)
    expect(asked).toEqual(['add 1'])
  })

  test('a paused file rests, whatever was still under way, and goes on from there', () => {
    const { chosen, add, asked, tell } = selection()
    add(files(1))
    const [row] = chosen.rows
    if (!row) throw new Error('no row')
    tell({ kind: 'progress', id: 1, done: 0.25 })
    chosen.pause(row)
    tell({ kind: 'paused', id: 1 })
    tell({ kind: 'progress', id: 1, done: 0.5 })
    expect(row.state.kind).toBe('paused')
    expect(chosen.busy).toBe(true)
    expect(chosen.summary.done).toBe(0.5)
    chosen.resume(row)
    tell({ kind: 'resumed', id: 1 })
    expect(row.state).toEqual({ kind: 'hashing', done: 0.5 })
    expect(asked).toEqual(['add 1', 'pause 1', 'resume 1'])
  })

  test('what was paused can end in any way', () => {
    const paused = { kind: 'paused', at: { kind: 'hashing', done: 0.5 } } as const
    expect(after(paused, { kind: 'cancelled', id: 1 }).kind).toBe('cancelled')
    expect(after(paused, { kind: 'refused', id: 1, reason: 'vanished' }).kind).toBe('refused')
  })

  test('only a long file that is being worked on can be paused', () => {
    expect(canPause({ kind: 'hashing', done: 0 }, 30_000)).toBe(true)
    expect(canPause({ kind: 'hashing', done: 0 }, 50)).toBe(false)
    expect(canPause({ kind: 'waiting' }, 30_000)).toBe(false)
  })

  test('more than fit are left out, and said to be', () => {
    const { chosen, add } = selection()
    add(files(MOST_FILES + 3))
    expect(chosen.rows).toHaveLength(MOST_FILES)
    expect(chosen.left).toBe(3)
    for (const row of chosen.rows.slice(0, 2)) chosen.remove(row)
    add(files(3))
    expect(chosen.rows).toHaveLength(MOST_FILES)
    expect(chosen.left).toBe(1)
  })

  test('tell the rest of the page no more than numbers, states and fingerprints', () => {
    const { chosen, add, crossed, tell } = selection()
    add([new File(['x'.repeat(734_501)], 'canary.jpg', { type: 'image/canary' })])
    tell({ kind: 'progress', id: 1, done: 0.5 })
    chosen.cancelAll()
    for (const row of chosen.rows) chosen.retry(row)
    tell({ kind: 'hashed', id: 1, signals: [signal('a')], limits: [] })
    expect(crossed).toHaveLength(6)
    expect(structuredClone(crossed)).toEqual(crossed)
    expect(JSON.parse(JSON.stringify(crossed))).toEqual(crossed)
    expect(JSON.stringify(crossed)).not.toMatch(/canary|734501/)
  })

  test('are weighed in the end, however many, and those that were let go are not', async () => {
    const { chosen, add, crossed } = selection()
    add(Array.from({ length: 120 }, () => new File(['x'.repeat(300_000)], 'secret.jpg')))
    for (const row of chosen.rows.slice(-1)) chosen.remove(row)
    await expect.poll(() => chosen.rows.every(({ work }) => work === 4)).toBe(true)
    expect(crossed.filter(({ kind }) => kind === 'weighed')).toHaveLength(119)
  })

  test('clearing forgets them and ends the hasher', () => {
    const { chosen, add, asked, held } = selection()
    add(files(1))
    chosen.clear()
    expect(chosen.rows).toEqual([])
    expect(asked.at(-1)).toBe('close')
    expect(held(1)).toBeUndefined()
  })
})

test('a large file counts for more of the way than a small one', () => {
  const { chosen, add, tell } = selection()
  add([new File(['x'.repeat(900_000)], 'large.jpg'), new File([], 'small.jpg')])
  tell({ kind: 'refused', id: 1, reason: 'unreadable' })
  expect(chosen.summary.done).toBeCloseTo(10 / 11)
})

describe('the time left', () => {
  test('is the rest at the pace so far, in steps of five seconds', () => {
    expect(secondsLeft(10_000, 0, 0.5)).toBe(10)
    expect(secondsLeft(10_000, 0.5, 0.75)).toBe(10)
    expect(secondsLeft(10_000, 0, 0.45)).toBe(15)
  })

  test('is not guessed from the first moments, nor when nothing has moved', () => {
    expect(secondsLeft(1_000, 0, 0.5)).toBeNull()
    expect(secondsLeft(9_000, 0.2, 0.2)).toBeNull()
  })
})
