/** Plurals, numbers, days and durations the way a language writes them, by `Intl`. */

/** One form for each plural category that the language has; `#` stands for the number. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

export interface Wording {
  readonly count: (n: number, forms: Forms) => string
  readonly number: (n: number) => string
  readonly percent: (share: number) => string
  /** A day given as YYYY-MM-DD, written out. */
  readonly day: (date: string) => string
  /** A time of day, to the minute. */
  readonly time: (at: Date) => string
  /** Seconds below a minute, else whole minutes: nobody needs it finer. */
  readonly duration: (seconds: number) => string
  readonly list: (names: readonly string[]) => string
}

export function wording(locale: string): Wording {
  const plural = new Intl.PluralRules(locale)
  const number = new Intl.NumberFormat(locale)
  const percent = new Intl.NumberFormat(locale, { style: 'percent' })
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
  const seconds = unit(locale, 'second')
  const minutes = unit(locale, 'minute')
  const list = new Intl.ListFormat(locale)
  return {
    count: (n, forms) => (forms[plural.select(n)] ?? forms.other).replace('#', number.format(n)),
    number: (n) => number.format(n),
    percent: (share) => percent.format(share),
    day: (date) => day.format(new Date(`${date}T00:00:00Z`)),
    time: (at) => time.format(at),
    duration: (s) => (s < 60 ? seconds.format(s) : minutes.format(Math.round(s / 60))),
    list: (names) => list.format(names),
  }
}

function unit(locale: string, name: 'second' | 'minute'): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' })
}
