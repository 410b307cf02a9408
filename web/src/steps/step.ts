/**
 * The steps of the way through, and what each one carries.
 *
 * A step owns what it shows: when the page moves on, what the next step does not carry is gone.
 * To add one: a member here, a screen beside it, its line in `screens.ts`, its text in `src/text`.
 */
import type { StatusAnswer } from '../api/answers.ts'
import type { Credentials } from '../case/credentials.ts'
import type { Signal } from '../intake/messages.ts'

export type Step =
  | { readonly name: 'home' }
  | { readonly name: 'choose' }
  | {
      readonly name: 'check'
      readonly chosen: number
      readonly signals: readonly Signal[]
      readonly credentials: Credentials
    }
  | {
      readonly name: 'sending'
      readonly signals: readonly Signal[]
      readonly credentials: Credentials
    }
  | { readonly name: 'takeBack'; readonly credentials: Credentials }
  | { readonly name: 'keep'; readonly credentials: Credentials; readonly redrawn: boolean }
  | { readonly name: 'next' }
  | { readonly name: 'follow' }
  | { readonly name: 'status'; readonly credentials: Credentials; readonly status: StatusAnswer }
  | { readonly name: 'withdraw'; readonly credentials: Credentials; readonly status: StatusAnswer }

export type StepName = Step['name']
export type StepNamed<Name extends StepName> = Extract<Step, { name: Name }>

/** What a screen is given. */
export interface ScreenProps<Name extends StepName> {
  readonly step: StepNamed<Name>
}

/** Steps that are lost for good if the tab is closed in the middle of them. */
export function mustNotBeLost({ name }: Step): boolean {
  return name === 'sending' || name === 'takeBack' || name === 'keep'
}
