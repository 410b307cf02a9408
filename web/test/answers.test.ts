/** Answers are read with care, and a refusal says which kind it is. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { COMPANY_STATES, statusAnswer, UnexpectedAnswer } from '../src/api/answers.ts'
import { call, type Fetch } from '../src/api/call.ts'
import { failureOf } from '../src/api/failure.ts'

const states = Object.fromEntries(COMPANY_STATES.map((state) => [state, 1]))
const company = { id: 'example-social', name: 'Example Social', states }
const status = {
  status: 'Active',
  since: '2026-11-22',
  signals: 7,
  companies: [{ ...company, not_taken: 2 }],
}

test('a status is read as it is written', () => {
  expect(statusAnswer(status)).toEqual({ ...status, companies: [{ ...company, notTaken: 2 }] })
})

test('a company that owes an answer is a state like the others', () => {
  const silent = { ...company, not_taken: 0, states: { ...states, no_answer: 4 } }
  const { companies } = statusAnswer({ ...status, companies: [silent] })
  expect(companies[0]?.states.no_answer).toBe(4)
})

test('what a later service adds is passed over', () => {
  expect(statusAnswer({ ...status, more: 1 })).toEqual(statusAnswer(status))
})

test.each([
  ['status', { ...status, status: 'Deleted' }],
  ['since', { ...status, since: 'yesterday' }],
  ['signals', { ...status, signals: -1 }],
  ['signals', { ...status, signals: '7' }],
  ['companies', { ...status, companies: {} }],
  [
    'checking',
    { ...status, companies: [{ id: '', name: '', states: { ...states, checking: null } }] },
  ],
])('a wrong %s is refused by its name, and its value is not repeated', (name, body) => {
  expect(() => statusAnswer(body)).toThrow(new UnexpectedAnswer(name))
})

test('whatever arrives is a status or refused, and nothing else happens', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (body) => {
      expect(() => statusAnswer(body)).toThrow(UnexpectedAnswer)
    }),
  )
})

describe('a refusal', () => {
  test.each([
    [401, 'unknown-case', { kind: 'unknown-case' }],
    [409, 'number-taken', { kind: 'number-taken' }],
    [409, 'case-withdrawn', { kind: 'case-withdrawn' }],
    [422, 'different-body', { kind: 'unexpected' }],
    [503, 'try-again', { kind: 'maintenance', seconds: 12 }],
    [429, 'try-again', { kind: 'rate-limited', seconds: 12 }],
    [502, 'anything', { kind: 'maintenance', seconds: 12 }],
  ])('%i %s', (code, type, failure) => {
    const problem = { type: `urn:notyours:problem:${type}`, title: '', status: code }
    expect(failureOf(code, '12', problem)).toEqual(failure)
  })

  test.each([null, '', '-1', '1.5', 'Wed, 21 Oct 2026 07:28:00 GMT'])(
    'with Retry-After %s names no time',
    (header) => {
      expect(failureOf(503, header, null)).toEqual({ kind: 'maintenance', seconds: null })
    },
  )
})

test.each([
  ['<html>', { kind: 'unexpected' }],
  ['', { kind: 'unexpected' }],
  ['null', { kind: 'unexpected' }],
])('an answer of %j is no answer', async (text, failure) => {
  const fetch: Fetch = () => Promise.resolve(new Response(text))
  expect(await call(fetch, '/cases/status', '{}', statusAnswer)).toEqual({ ok: false, failure })
})
