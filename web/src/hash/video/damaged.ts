/** Raised when a film cannot be read any further, for whatever reason its reader gives. */
export class Damaged extends Error {
  constructor(cause: unknown) {
    super('the film cannot be read any further', { cause })
  }
}

/** What becomes of any error of reading it. */
export function damaged(cause: unknown): never {
  throw new Damaged(cause)
}
