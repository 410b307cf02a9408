/** Where the focus goes when the control that had it is gone: near by, never to the top of the page. */
import { tick } from 'svelte'

/** Focus the first of `candidates` that is there, once the screen has changed. */
export async function focusNext(...candidates: (() => HTMLElement | null | undefined)[]) {
  await tick()
  for (const candidate of candidates) {
    const element = candidate()
    if (!element) continue
    element.focus()
    return
  }
}

export function find(selector: string): () => HTMLElement | null {
  return () => document.querySelector<HTMLElement>(selector)
}
