/** Room for unpacked pictures: never more than there is, and a turn for everyone. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Gate, SMALL } from '../../../src/hash/pool/gate.ts'

function gate(budget = 48) {
  const admitted: string[] = []
  return { gate: new Gate<string>(budget, (who) => admitted.push(who)), admitted }
}

test('who fits is admitted at once, and who does not waits until room is given back', () => {
  const { gate: room, admitted } = gate()
  room.ask('a', 24)
  room.ask('b', 24)
  room.ask('c', 12)
  expect(admitted).toEqual(['a', 'b'])
  expect(room.isWaiting('c')).toBe(true)
  room.leave('a')
  expect(admitted).toEqual(['a', 'b', 'c'])
})

test('one larger than the whole budget goes alone', () => {
  const { gate: room, admitted } = gate()
  room.ask('a', 12)
  room.ask('giant', 90)
  expect(admitted).toEqual(['a'])
  room.leave('a')
  room.ask('b', 1)
  expect(admitted).toEqual(['a', 'giant'])
  room.leave('giant')
  expect(admitted).toEqual(['a', 'giant', 'b'])
})

test('a small one that stays long keeps no large one out', () => {
  const { gate: room, admitted } = gate()
  room.ask('video', 48 * SMALL)
  room.ask('giant', 90)
  expect(admitted).toEqual(['video', 'giant'])
})

test('a small one that asked later does not pass a large one that waits', () => {
  const { gate: room, admitted } = gate()
  room.ask('a', 40)
  room.ask('b', 40)
  room.ask('c', 1)
  expect(admitted).toEqual(['a'])
})

test('asking again gives back what was held, so that nobody waits for itself', () => {
  const { gate: room, admitted } = gate()
  room.ask('a', 40)
  room.ask('a', 90)
  expect(admitted).toEqual(['a', 'a'])
  expect([...room.held]).toEqual([['a', 90]])
})

test('who leaves while it waits lets the next one in', () => {
  const { gate: room, admitted } = gate()
  room.ask('a', 40)
  room.ask('b', 40)
  room.ask('c', 1)
  room.leave('b')
  expect(admitted).toEqual(['a', 'c'])
})

const asks = fc.array(
  fc.record({ who: fc.nat(5), amount: fc.integer({ min: 0, max: 100 }), leaves: fc.boolean() }),
  { maxLength: 60 },
)

test('there is never more than one large one beyond the budget, and in the end all were in', () => {
  fc.assert(
    fc.property(asks, (all) => {
      const waiting = new Set<number>()
      const room = new Gate<number>(48, (who) => waiting.delete(who))
      for (const { who, amount, leaves } of all) {
        if (leaves) {
          waiting.delete(who)
          room.leave(who)
        } else {
          waiting.add(who)
          room.ask(who, amount)
        }
        const held = [...room.held.values()]
        const sum = held.reduce((total, one) => total + one, 0)
        expect(sum <= 48 || held.filter((one) => one > 48 * SMALL).length <= 1).toBe(true)
      }
      for (let turns = 0; turns < 6; turns++)
        for (const who of [...room.held.keys()]) room.leave(who)
      expect([...waiting]).toEqual([])
    }),
  )
})
