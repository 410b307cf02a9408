/** A part of the page that is fetched when it is needed. */
import { Refused } from '../refusal.ts'

/** Raises: Refused 'not-loaded' when it cannot be fetched: later it may. */
export async function fetched<Part>(part: Promise<Part>): Promise<Part> {
  try {
    return await part
  } catch {
    throw new Refused('not-loaded')
  }
}
