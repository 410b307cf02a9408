/** The files of this page, within reach of the components of this folder and of nobody else. */
import { createContext } from 'svelte'
import { openHasher } from '../hash/hasher.ts'
import { HeldFiles } from './held_files.ts'
import type { Intake, IntakeEvent } from './messages.ts'

const [useFiles, provideFiles] = createContext<HeldFiles>()

export { useFiles }

/** Called once, while the page is put together. What it returns is the page's end of the wire. */
export function openIntake(onEvent: (event: IntakeEvent) => void): Intake {
  return provideFiles(new HeldFiles(openHasher, onEvent))
}
