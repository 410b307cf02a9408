/** What holds for every language; that none lacks a text, the compiler sees to. */
import { describe, expect, test } from 'vitest'
import { COMPANY_STATES } from '../src/api/answers.ts'
import { languageFor, languages } from '../src/text/languages.ts'
import { sv } from '../src/text/sv.ts'
import { wording } from '../src/text/wording.ts'

/** Every text of `tree` with its path; functions as what they give for a plural. */
function leaves(tree: unknown, path = ''): [string, string][] {
  if (typeof tree === 'string') return [[path, tree]]
  if (typeof tree === 'function') return [[path, String(Reflect.apply(tree, null, sample(path)))]]
  if (typeof tree !== 'object' || tree === null) return []
  return Object.entries(tree).flatMap(([key, value]) => leaves(value, `${path}.${key}`))
}

function sample(path: string): unknown[] {
  if (path.endsWith('.since')) return ['2026-11-22']
  if (path.endsWith('.refreshed')) return [new Date(0)]
  if (path.endsWith('.home.companies')) return [['Example Social']]
  return [2, 3]
}

describe.each(languages)('$name', ({ code, text }) => {
  test('is calm and whole: nothing empty, nothing shouted, no place left unfilled', () => {
    const poor = leaves(text).filter(
      ([path, words]) =>
        /!|#|undefined|NaN|\s{2}/.test(words) ||
        (words.trim() === '' && path !== '.shell.notProofread'),
    )
    expect(poor).toEqual([])
  })

  test('every state of a company has words of its own, and silence has two kinds', () => {
    const said = [...Object.values(text.status.states), text.status.unconfirmed]
    expect(Object.keys(text.status.states).sort()).toEqual([...COMPANY_STATES].sort())
    expect(new Set(said.map(({ text }) => text)).size).toBe(said.length)
  })

  test('its code is one that Intl knows', () => {
    expect(Intl.PluralRules.supportedLocalesOf(code)).toEqual([code])
  })
})

test('every language says the same number of things', () => {
  for (const { text } of languages)
    expect(leaves(text).map(([path]) => path)).toEqual(leaves(sv).map(([path]) => path))
})

test.each([
  [['sv-FI', 'en'], 'sv'],
  [['de', 'en-US'], 'en'],
  [['xx'], 'en'],
  [[], 'en'],
])('of %j the page speaks %s', (wanted, code) => {
  expect(languageFor(wanted).code).toBe(code)
})

test('plurals, days and durations are written the way of the language', () => {
  const polish = wording('pl')
  const forms = { one: '# plik', few: '# pliki', many: '# plików', other: '# pliku' }
  expect([1, 2, 5].map((n) => polish.count(n, forms))).toEqual(['1 plik', '2 pliki', '5 plików'])
  expect(wording('sv').day('2026-11-22')).toBe('22 november 2026')
  expect(wording('en-GB').duration(45)).toBe('45 seconds')
  expect(wording('en-GB').duration(60)).toBe('1 minute')
})
