/** What a decode takes of libheif's memory, and what libheif says of each step. */
import { Refused } from '../refusal.ts'
import { ERROR_MEMORY_ALLOCATION, ERROR_OK, wordAt, type Libheif } from './libheif.ts'

/** What is allocated for one decode, freed in reverse. */
export class Room {
  readonly #frees: (() => void)[] = []

  constructor(readonly libheif: Libheif) {}

  /** Raises: Refused 'too-large' when there is no memory left. */
  bytes(size: number): number {
    return this.holds(this.libheif._malloc(size), this.libheif._free)
  }

  holds(address: number, free: (address: number) => void): number {
    if (address === 0) throw new Refused('too-large')
    this.#frees.push(() => free(address))
    return address
  }

  close(): void {
    for (const free of this.#frees.reverse()) free()
  }
}

/**
 * A call that leaves its error at `result`.
 *
 * Raises: Refused 'unreadable', or 'too-large' when there is no memory left for it.
 */
export function demand(libheif: Libheif, result: number, call: () => void): void {
  call()
  const code = wordAt(libheif, result)
  if (code === ERROR_MEMORY_ALLOCATION) throw new Refused('too-large')
  if (code !== ERROR_OK) throw new Refused('unreadable')
}
