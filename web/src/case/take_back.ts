/** Takes back a case of which nobody has the number, as far as any of it was stored. */
import type { Credentials } from './credentials.ts'
import { withdrawCase, type Withdrawer, type Withdrawn } from './withdraw.ts'

/** Done also where there is no such case: then nothing was stored. */
export async function takeBack(
  credentials: Credentials,
  withdrawer: Withdrawer,
): Promise<Withdrawn> {
  const withdrawn = await withdrawCase(credentials, withdrawer)
  const absent = withdrawn.kind === 'failed' && withdrawn.failure.kind === 'unknown-case'
  return absent ? { kind: 'withdrawn' } : withdrawn
}
