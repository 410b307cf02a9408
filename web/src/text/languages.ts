/** The languages of the page: one line here and one file beside it for each. */
import { en } from './en.ts'
import { sv, type Text } from './sv.ts'

export interface Language {
  /** BCP 47. */
  readonly code: string
  /** What its speakers call it. */
  readonly name: string
  readonly dir: 'ltr' | 'rtl'
  readonly text: Text
}

const swedish: Language = { code: 'sv', name: 'Svenska', dir: 'ltr', text: sv }
const english: Language = { code: 'en', name: 'English', dir: 'ltr', text: en }

export const languages: readonly Language[] = [swedish, english]

/** For those whose own language is not here. */
const fallback = english

/** The first of the `wanted` languages (as in `navigator.languages`) that the page speaks. */
export function languageFor(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const base = tag.toLowerCase().split('-')[0]
    const found = languages.find(({ code }) => code === base)
    if (found) return found
  }
  return fallback
}
