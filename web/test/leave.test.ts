/** The gesture that leaves the page. */
import { expect, test } from 'vitest'
import { onThreeShifts } from '../src/app/leave.ts'

type Press = readonly [key: string, at: number]

function left(presses: readonly Press[]): boolean {
  let gone = false
  const listen = onThreeShifts(() => (gone = true))
  for (const [key, timeStamp] of presses) listen({ key, timeStamp, repeat: false } as KeyboardEvent)
  return gone
}

test('three presses of Shift leave', () => {
  expect(
    left([
      ['Shift', 0],
      ['Shift', 300],
      ['Shift', 600],
    ]),
  ).toBe(true)
})

test.each([
  [
    'two presses',
    [
      ['Shift', 0],
      ['Shift', 300],
    ],
  ],
  [
    'capital letters',
    [
      ['Shift', 0],
      ['A', 50],
      ['Shift', 300],
      ['B', 350],
      ['Shift', 600],
    ],
  ],
  [
    'slow presses',
    [
      ['Shift', 0],
      ['Shift', 1_500],
      ['Shift', 3_000],
    ],
  ],
] as const)('%s do not', (_, presses) => {
  expect(left(presses)).toBe(false)
})
