/** What a worker says of its file, and what it waits for. */
import { expect, test } from 'vitest'
import { openCourse } from '../../src/hash/course.ts'
import type { WorkerMessage } from '../../src/hash/messages.ts'

function opened() {
  const told: WorkerMessage[] = []
  const clock = { now: 0 }
  const job = { id: 7, file: new File([], 'any'), sparing: true }
  const open = openCourse(
    job,
    (message) => told.push(message),
    () => clock.now,
  )
  return { ...open, told, clock }
}

/** Whether it is still waited for, once everything that could has happened. */
async function isOpen(wait: Promise<void>): Promise<boolean> {
  const later = new Promise<boolean>((resolve) => setTimeout(() => resolve(true)))
  return await Promise.race([wait.then(() => false), later])
}

test('a file goes on at once unless it is paused', async () => {
  const { course, told } = opened()
  expect(course.sparing).toBe(true)
  expect(await isOpen(course.pause())).toBe(false)
  expect(told).toEqual([])
})

test('a paused file says that it stopped and goes on when it is told to', async () => {
  const { course, hear, told } = opened()
  hear({ kind: 'pause' })
  const pause = course.pause()
  expect(await isOpen(pause)).toBe(true)
  expect(told).toEqual([{ kind: 'stopped' }])
  hear({ kind: 'resume' })
  expect(await isOpen(pause)).toBe(false)
  expect(await isOpen(course.pause())).toBe(false)
})

test('pixels wait until there is room, and a paused file does not ask for it', async () => {
  const { course, hear, told } = opened()
  hear({ kind: 'pause' })
  const room = course.reserve(12)
  await isOpen(room)
  expect(told).toEqual([{ kind: 'stopped' }])
  hear({ kind: 'resume' })
  expect(await isOpen(room)).toBe(true)
  expect(told).toEqual([{ kind: 'stopped' }, { kind: 'wants', megapixels: 12 }])
  hear({ kind: 'may' })
  expect(await isOpen(room)).toBe(false)
})

test('progress is told ten times a second at most, and its end always', () => {
  const { course, clock, told } = opened()
  for (let step = 0; step <= 1_000; step++) {
    clock.now = step / 4
    course.progress(step / 1_000)
  }
  expect(told.map((message) => message.kind === 'progress' && message.done)).toEqual([
    0, 0.4, 0.8, 1,
  ])
})
