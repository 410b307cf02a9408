/** What all screens share: where we are, in which language, what was chosen, how to reach the service. */
import { createContext } from 'svelte'
import type { Cases } from '../api/cases.ts'
import type { Credentials } from '../case/credentials.ts'
import type { Selection } from '../files/selection.svelte.ts'
import type { Step } from '../steps/step.ts'
import type { Language } from '../text/languages.ts'
import type { Text } from '../text/sv.ts'

export class Page {
  step = $state.raw<Step>({ name: 'home' })
  language: Language
  online = $state(true)
  /**
   * The case that may be stored in part while nobody has seen its number. Who leaves now could never
   * withdraw it, so leaving withdraws it.
   */
  unseen: Credentials | null = null
  /** False until the first move: a page that has just opened leaves the focus where it is. */
  moved = false

  constructor(
    language: Language,
    readonly cases: Cases,
    readonly selection: Selection,
  ) {
    this.language = $state.raw(language)
  }

  get text(): Text {
    return this.language.text
  }

  /** Called on every way out: nothing stays behind that nobody can withdraw. */
  abandon(): void {
    if (this.unseen) this.cases.abandon(this.unseen)
    this.unseen = null
  }

  /** No history entry is made: the browser's back button leaves, and nothing can be gone back to. */
  go(step: Step): void {
    this.moved = true
    this.step = step
  }
}

export const [usePage, providePage] = createContext<Page>()
