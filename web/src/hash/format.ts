/** What kind of picture a file is, by its first bytes: its name and its declared type may lie. */
import { textAt } from './bytes.ts'
import { Refused } from './refusal.ts'

export type Format = 'jpeg' | 'png' | 'webp'

/** How many bytes it takes to tell. */
export const SIGNATURE_LENGTH = 12

/**
 * The format that begins with these bytes.
 *
 * Raises: Refused 'empty' or 'unsupported'.
 */
export function formatOf(start: DataView): Format {
  if (start.byteLength === 0) throw new Refused('empty')
  if (textAt(start, 0, 3) === '\xff\xd8\xff') return 'jpeg'
  if (textAt(start, 0, 8) === '\x89PNG\r\n\x1a\n') return 'png'
  if (textAt(start, 0, 4) === 'RIFF' && textAt(start, 8, 4) === 'WEBP') return 'webp'
  throw new Refused('unsupported')
}
