/** Files and their workers: whatever happens, each file hears one last word. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SMALL } from '../../../src/hash/pool/gate.ts'
import { Pool } from '../../../src/hash/pool/pool.ts'
import { World, isLast, type Script } from './world.ts'

const TWO = { workers: 2, megapixels: 48 }
const PICTURE: Script = { megapixels: 12, pieces: 1, breaks: 0 }
const VIDEO: Script = { megapixels: 4, pieces: 6, breaks: 0 }

/** A world of two workers in which the files are `scripts`, numbered from 0, and all are added. */
function worldOf(scripts: readonly Script[], resources = TWO): World {
  const world = new World(resources, (id) => scripts[id] ?? PICTURE)
  scripts.forEach((_, id) => world.add(id))
  return world
}

function outcomes(world: World, count: number): string[] {
  return Array.from({ length: count }, (_, id) =>
    world
      .last(id)
      .map((event) => (event.kind === 'refused' ? event.reason : event.kind))
      .join(),
  )
}

test('a film, however large its frames, leaves room for pictures as long as it lasts', () => {
  const said: [number, string][] = []
  const pool = new Pool(TWO, (act) => {
    if (act.kind === 'say') said.push([act.seat, act.message.kind])
  })
  for (const [seat, wants] of [
    [1, { kind: 'wants', megapixels: 37, lasts: true }],
    [2, { kind: 'wants', megapixels: 48 }],
  ] as const) {
    pool.add(seat, new File([], 'any'))
    pool.heard(seat, { kind: 'ready' })
    pool.heard(seat, wants)
  }
  expect(said.filter(([, kind]) => kind === 'may')).toEqual([
    [1, 'may'],
    [2, 'may'],
  ])
})

describe('files', () => {
  test('begin in the order in which they were added, and no more of them than there are workers', () => {
    const world = worldOf([PICTURE, PICTURE, PICTURE, PICTURE])
    expect(world.jobs.map(({ id }) => id)).toEqual([0, 1])
    world.drain()
    expect(world.jobs.map(({ id }) => id)).toEqual([0, 1, 2, 3])
    expect(world.workers.size).toBe(2)
  })

  test('that break their worker once are hashed sparingly, before those that wait', () => {
    const world = worldOf([{ ...PICTURE, breaks: 1 }, PICTURE, PICTURE])
    world.drain()
    expect(outcomes(world, 3)).toEqual(['hashed', 'hashed', 'hashed'])
    expect(world.jobs.map(({ id, sparing }) => [id, sparing]).slice(0, 3)).toEqual([
      [0, false],
      [1, false],
      [0, true],
    ])
  })

  test('that break it twice are given up, and the others go on', () => {
    const world = worldOf([{ ...PICTURE, breaks: 2 }, PICTURE, { ...PICTURE, refused: true }])
    world.drain()
    expect(outcomes(world, 3)).toEqual(['crashed', 'hashed', 'unreadable'])
  })

  test('that were given up begin anew when they are added again', () => {
    const world = worldOf([{ ...PICTURE, breaks: 2 }])
    world.drain()
    world.add(0)
    expect(world.jobs.at(-1)).toMatchObject({ id: 0, sparing: false })
  })

  test('whose worker ends without a word are found out', () => {
    const world = worldOf([{ ...PICTURE, breaks: 1, silently: true }, PICTURE])
    world.drain()
    expect(outcomes(world, 2)).toEqual(['hashed', 'hashed'])
  })

  test('are not heard of after the end', () => {
    const world = worldOf([PICTURE, VIDEO, PICTURE])
    world.told.length = 0
    world.pool.close()
    expect(world.told).toEqual([])
    expect(world.workers.size).toBe(0)
  })

  test('can be given up by the page while it is told of them', () => {
    const world: World = new World(
      TWO,
      () => PICTURE,
      (event) => {
        if (event.kind === 'reading') world.pool.cancel(event.id)
      },
    )
    for (const id of [0, 1, 2]) world.add(id)
    world.drain()
    expect(outcomes(world, 3)).toEqual(['cancelled', 'cancelled', 'cancelled'])
  })
})

describe('a file that is paused', () => {
  test('leaves its place to another, and goes on from where it was', () => {
    const world = worldOf([VIDEO, VIDEO, PICTURE])
    world.workers.forEach((worker) => [1, 2, 3].forEach(() => world.step(worker)))
    world.pool.pause(0)
    world.pool.pause(1)
    world.drain()
    expect(outcomes(world, 3)).toEqual(['', '', 'hashed'])
    world.pool.resume(0)
    world.pool.resume(1)
    world.drain()
    expect(outcomes(world, 3)).toEqual(['hashed', 'hashed', 'hashed'])
    expect(world.jobs).toHaveLength(3)
  })

  test('before it began is not begun', () => {
    const world = worldOf([PICTURE, PICTURE, PICTURE])
    world.pool.pause(2)
    world.drain()
    expect(outcomes(world, 3)).toEqual(['hashed', 'hashed', ''])
    world.pool.resume(2)
    world.drain()
    expect(outcomes(world, 3)).toEqual(['hashed', 'hashed', 'hashed'])
  })

  test('is told of once, however often it is asked for', () => {
    const world = worldOf([VIDEO])
    for (const way of ['pause', 'pause', 'resume', 'resume', 'pause'] as const) world.pool[way](0)
    expect(world.told.map(({ kind }) => kind)).toEqual(['paused', 'resumed', 'paused'])
  })
})

describe('without network', () => {
  test('no file can be read, and all can be tried again', () => {
    const world = worldOf([PICTURE, PICTURE, PICTURE])
    world.online = false
    world.drain()
    expect(outcomes(world, 3)).toEqual(['not-loaded', 'not-loaded', 'not-loaded'])
    world.online = true
    for (const id of [0, 1, 2]) world.add(id)
    world.drain()
    expect(world.told.filter(({ kind }) => kind === 'hashed')).toHaveLength(3)
  })

  test('one worker that came before is enough', () => {
    const world = worldOf([PICTURE, PICTURE, PICTURE])
    for (const worker of [...world.workers.values()].slice(0, 1)) world.step(worker)
    world.online = false
    world.drain()
    expect(outcomes(world, 3)).toEqual(['hashed', 'hashed', 'hashed'])
  })
})

test('workers without work are kept for a while, and then ended', () => {
  const world = worldOf([PICTURE])
  world.drain()
  world.tick()
  expect(world.pool.awake).toBe(true)
  for (let ticks = 0; ticks < 10; ticks++) world.tick()
  expect(world.pool.awake).toBe(false)
  world.add(7)
  world.drain()
  expect(outcomes(world, 8)[7]).toBe('hashed')
})

const scripts = fc.array(
  fc.record({
    megapixels: fc.constantFrom(0, 1, 4, 12, 30, 48, 90),
    pieces: fc.integer({ min: 1, max: 4 }),
    breaks: fc.constantFrom(0, 0, 0, 1, 2),
    silently: fc.boolean(),
    refused: fc.boolean(),
  }),
  { minLength: 1, maxLength: 8 },
)
const doings = fc.array(
  fc.record({
    what: fc.constantFrom(
      'step',
      'step',
      'step',
      'step',
      'add',
      'add',
      'cancel',
      'pause',
      'resume',
      'break',
      'tick',
    ),
    which: fc.nat(7),
    online: fc.boolean(),
  }),
  { maxLength: 80 },
)

test('whatever happens, each file hears one last word, and the room is never exceeded', () => {
  fc.assert(
    fc.property(scripts, doings, fc.integer({ min: 1, max: 4 }), (files, acts, workers) => {
      const open = new Set<number>()
      const world = new World(
        { workers, megapixels: 48 },
        (id) => files[id] ?? PICTURE,
        (event) => {
          expect(open.has(event.id)).toBe(true)
          if (isLast(event)) open.delete(event.id)
        },
      )
      for (const { what, which, online } of acts) {
        const id = which % files.length
        const seats = [...world.workers.values()]
        const worker = seats[which % Math.max(1, seats.length)]
        world.online = online
        if (what === 'add') {
          open.add(id)
          world.add(id)
        } else if (what === 'tick') world.tick()
        else if (what === 'cancel' || what === 'pause' || what === 'resume') world.pool[what](id)
        else if (worker && what === 'step') world.step(worker)
        else if (worker) world.pool.broke(worker.seat)
        expectRoom(world)
      }
      world.online = true
      files.forEach((_, id) => world.pool.resume(id))
      world.drain()
      expect([...open]).toEqual([])
    }),
    { numRuns: 3_000 },
  )
})

function expectRoom(world: World): void {
  const { megapixels } = world.resources
  const held = [...world.workers.values()].map(({ holds }) => holds)
  const sum = held.reduce((total, one) => total + one, 0)
  const large = held.filter((one) => one > megapixels * SMALL)
  expect(sum <= megapixels || large.length <= 1).toBe(true)
}
