/** How long a worker may be silent, and what of a device is used. */
import { describe, expect, test } from 'vitest'
import { resourcesOf } from '../../../src/hash/pool/resources.ts'
import { TICK, Watch, type Watched } from '../../../src/hash/pool/watch.ts'

const AT_WORK = { ready: true, waits: false, megapixels: 0 }

/** Seconds after which a worker is given up that is `watched`, and says `alive` if it `answers`. */
function patience(watched: Watched, answers = false): number {
  const watch = new Watch()
  for (let seconds = TICK; seconds < 3_600; seconds += TICK) {
    if (watch.tick(watched)) return seconds
    if (answers) watch.heard(false)
  }
  return Infinity
}

describe('a worker', () => {
  test.each([
    ['that is silent', AT_WORK, false, 35],
    ['that may be unpacking a photograph', { ...AT_WORK, megapixels: 48 }, false, 80],
    ['whose script does not come', { ...AT_WORK, ready: false }, false, 65],
    ['that answers and does nothing else', AT_WORK, true, 305],
    ['that answers and waits for its turn', { ...AT_WORK, waits: true }, true, Infinity],
  ] as const)(
    '%s is given up after as many seconds as it should',
    (_, watched, answers, seconds) => {
      expect(patience(watched, answers)).toBe(seconds)
    },
  )

  test('that moves is never given up', () => {
    const watch = new Watch()
    for (let ticks = 0; ticks < 1_000; ticks++) {
      expect(watch.tick(AT_WORK)).toBe(false)
      watch.heard(true)
    }
  })
})

describe('of a device are used', () => {
  test.each([
    ['a laptop', { hardwareConcurrency: 16, deviceMemory: 8 }, 4, 96],
    ['a phone that does not say', { hardwareConcurrency: 6 }, 4, 48],
    ['a phone of 2 GB', { hardwareConcurrency: 8, deviceMemory: 2 }, 4, 24],
    ['a phone of 1 GB', { hardwareConcurrency: 8, deviceMemory: 1 }, 1, 12],
    ['a browser that says nothing', {}, 1, 48],
    ['one core', { hardwareConcurrency: 1, deviceMemory: 4 }, 1, 48],
  ] as const)('%s: workers and megapixels', (_, device, workers, megapixels) => {
    expect(resourcesOf(device)).toEqual({ workers, megapixels })
  })
})
