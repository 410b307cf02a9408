/** What kind of file it is, by its first bytes: its name and its declared type may lie. */
import { bytesOf, textAt } from './bytes.ts'
import { Refused } from './refusal.ts'

export type Format = 'jpeg' | 'png' | 'webp'

/** The media of each format, by the names that `contract/signal_types.json` gives them. */
export const MEDIA: Readonly<Record<Format, string>> = {
  jpeg: 'image',
  png: 'image',
  webp: 'image',
}

/** How many bytes it takes to tell. */
const SIGNATURE_LENGTH = 12

/** Raises: Refused 'empty', 'unsupported' or 'vanished'. */
export async function formatOf(file: Blob): Promise<Format> {
  return formatBeginning(await bytesOf(file, 0, SIGNATURE_LENGTH))
}

/**
 * The format that begins with these bytes.
 *
 * Raises: Refused 'empty' or 'unsupported'.
 */
export function formatBeginning(start: DataView): Format {
  if (start.byteLength === 0) throw new Refused('empty')
  if (textAt(start, 0, 3) === '\xff\xd8\xff') return 'jpeg'
  if (textAt(start, 0, 8) === '\x89PNG\r\n\x1a\n') return 'png'
  if (textAt(start, 0, 4) === 'RIFF' && textAt(start, 8, 4) === 'WEBP') return 'webp'
  throw new Refused('unsupported')
}
