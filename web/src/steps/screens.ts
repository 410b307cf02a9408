/** Which screen shows which step. A step without its screen does not compile. */
import type { Component } from 'svelte'
import Check from './Check.svelte'
import Choose from './Choose.svelte'
import Follow from './Follow.svelte'
import Home from './Home.svelte'
import Keep from './Keep.svelte'
import Next from './Next.svelte'
import Sending from './Sending.svelte'
import Status from './Status.svelte'
import type { ScreenProps, Step, StepName, StepNamed } from './step.ts'
import TakeBack from './TakeBack.svelte'
import Withdraw from './Withdraw.svelte'

type Screens = { readonly [Name in StepName]: Component<ScreenProps<Name>> | Plain<Name> }

/** A step that carries nothing may have a screen that takes nothing. */
type Plain<Name extends StepName> = keyof StepNamed<Name> extends 'name'
  ? Component<Record<string, never>>
  : never

const screens: Screens = {
  home: Home,
  choose: Choose,
  check: Check,
  sending: Sending,
  takeBack: TakeBack,
  keep: Keep,
  next: Next,
  follow: Follow,
  status: Status,
  withdraw: Withdraw,
}

/** The screen of `step`. TypeScript cannot see that key and value belong together; `Screens` can. */
export function screenOf(step: Step): Component<{ readonly step: Step }> {
  return screens[step.name] as unknown as Component<{ readonly step: Step }>
}
