/** What chosen files come to, and that the person can always stop, remove and try again. */
import { describe, expect, test } from 'vitest'
import { MOST_FILES, Selection } from '../src/files/selection.svelte.ts'
import { summarise } from '../src/files/summary.ts'
import { secondsLeft } from '../src/files/time_left.ts'
import type { HasherEvent, Signal } from '../src/hash/hasher.ts'

const signal = (digit: string): Signal => ({
  type: 'ImagePDQ',
  value: digit.repeat(64),
  quality: 100,
})

/** A selection whose hasher is the test's to play. */
function selection() {
  const asked: string[] = []
  let tell: (event: HasherEvent) => void = () => undefined
  const chosen = new Selection(
    (onEvent) => {
      tell = onEvent
      return {
        add: (id) => asked.push(`add ${id}`),
        cancel: (id) => asked.push(`cancel ${id}`),
        close: () => asked.push('close'),
      }
    },
    () => 0,
  )
  return {
    chosen,
    asked,
    tell: (event: HasherEvent) => {
      tell(event)
    },
  }
}

const files = (count: number) => Array.from({ length: count }, () => new File(['x'], 'secret.jpg'))

describe('the files', () => {
  test('give the fingerprints of all that are done, each once', () => {
    const { chosen, tell } = selection()
    chosen.add(files(3))
    tell({ kind: 'hashed', id: 1, signals: [signal('a'), signal('b')] })
    tell({ kind: 'hashed', id: 2, signals: [signal('a'), signal('b')] })
    tell({ kind: 'refused', id: 3, reason: 'too-plain' })
    expect(chosen.summary).toMatchObject({ total: 3, settled: 3, ready: 1, done: 1 })
    expect(chosen.summary.signals).toEqual([signal('a'), signal('b')])
    expect(chosen.summary.repeats).toEqual(new Map([[2, 1]]))
    expect(chosen.busy).toBe(false)
  })

  test('a repeat takes the place of the one it repeats, once that is removed', () => {
    const { chosen, tell } = selection()
    chosen.add(files(2))
    tell({ kind: 'hashed', id: 1, signals: [signal('a')] })
    tell({ kind: 'hashed', id: 2, signals: [signal('a')] })
    const [first] = chosen.rows
    if (first) chosen.remove(first)
    expect(chosen.summary).toMatchObject({ ready: 1, signals: [signal('a')], repeats: new Map() })
    expect(chosen.rows.map((row) => row.number)).toEqual([2])
  })

  test('cancelling stops what is not done and keeps what is', () => {
    const { chosen, asked, tell } = selection()
    chosen.add(files(3))
    tell({ kind: 'hashed', id: 1, signals: [signal('a')] })
    tell({ kind: 'progress', id: 2, done: 0.5 })
    chosen.cancelAll()
    tell({ kind: 'hashed', id: 2, signals: [signal('b')] })
    expect(chosen.rows.map((row) => row.state.kind)).toEqual(['hashed', 'cancelled', 'cancelled'])
    expect(asked.slice(3)).toEqual(['cancel 3', 'cancel 2'])
  })

  test('what was cancelled can be tried again, and an old answer no longer counts', () => {
    const { chosen, tell } = selection()
    chosen.add(files(1))
    chosen.cancelAll()
    for (const row of chosen.rows) chosen.retry(row)
    tell({ kind: 'refused', id: 1, reason: 'crashed' })
    expect(chosen.rows[0]?.state).toEqual({ kind: 'waiting' })
    tell({ kind: 'hashed', id: 2, signals: [signal('c')] })
    expect(chosen.summary.ready).toBe(1)
  })

  test('more than fit are left out, and said to be', () => {
    const { chosen } = selection()
    chosen.add(files(MOST_FILES + 3))
    expect(chosen.rows).toHaveLength(MOST_FILES)
    expect(chosen.left).toBe(3)
  })

  test('clearing forgets them and ends the hasher', () => {
    const { chosen, asked } = selection()
    chosen.add(files(1))
    chosen.clear()
    expect(chosen.rows).toEqual([])
    expect(asked.at(-1)).toBe('close')
  })
})

test('a large file counts for more of the way than a small one', () => {
  const hashed = { kind: 'hashed', signals: [] } as const
  const rows = [
    { number: 1, size: 900_000, state: hashed },
    { number: 2, size: 0, state: { kind: 'waiting' } as const },
  ]
  expect(summarise(rows).done).toBeCloseTo(1_000_000 / 1_100_000)
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
