/** The kinds of file that a few fixed bytes tell. */
import { textAt } from '../bytes.ts'
import type { Kind } from '../format.ts'

/** Texts, one character a byte, each with its place; all of them have to be there. */
type Signature = readonly (readonly [at: number, text: string])[]

/** The kind whose signature these bytes bear. */
export function signatureKind(start: DataView): Kind | undefined {
  return SIGNATURES.find(([, signature]) => bears(start, signature))?.[0]
}

function bears(start: DataView, signature: Signature): boolean {
  return signature.every(([at, text]) => textAt(start, at, text.length) === text)
}

// prettier-ignore
const SIGNATURES: readonly (readonly [Kind, Signature])[] = [
  ['jpeg', [[0, '\xff\xd8\xff']]],
  ['png', [[0, '\x89PNG\r\n\x1a\n']]],
  ['webp', [[0, 'RIFF'], [8, 'WEBP']]],
  ['gif', [[0, 'GIF87a']]],
  ['gif', [[0, 'GIF89a']]],
  // Two letters begin many a text: the length of the second header has to be one of those in use.
  ...['\x0c', '\x10', '\x28', '\x34', '\x38', '\x40', '\x6c', '\x7c'].map(
    (length) => ['bmp', [[0, 'BM'], [14, `${length}\0\0\0`]]] as const,
  ),
  ['webm', [[0, '\x1a\x45\xdf\xa3']]],
  ['avi', [[0, 'RIFF'], [8, 'AVI ']]],
  ['flv', [[0, 'FLV\x01']]],
  ['asf', [[0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11']]],
  ['mpeg-ps', [[0, '\0\0\x01\xba']]],
  ['mpeg-ps', [[0, '\0\0\x01\xb3']]],
  // Packets of 188 bytes, or of 192 with a time stamp before each.
  ['mpeg-ts', [[0, 'G'], [188, 'G'], [376, 'G']]],
  ['mpeg-ts', [[4, 'G'], [196, 'G'], [388, 'G']]],
  // Ogg is a video if its first stream is one, or if it has a table of contents.
  ['ogg', [[0, 'OggS'], [28, '\x80theora']]],
  ['ogg', [[0, 'OggS'], [28, 'fishead\0']]],
  // Raw files of cameras that are neither TIFF nor ISO media: Fujifilm, Panasonic, Olympus,
  // Canon before 2004, Minolta, Sigma.
  ['raw', [[0, 'FUJIFILMCCD-RAW']]],
  ['raw', [[0, 'IIU\0']]],
  ['raw', [[0, 'IIRO']]],
  ['raw', [[0, 'IIRS']]],
  ['raw', [[0, 'MMOR']]],
  ['raw', [[0, 'II\x1a\0'], [6, 'HEAPCCDR']]],
  ['raw', [[0, '\0MRM']]],
  ['raw', [[0, 'FOVb']]],
  ['archive', [[0, 'PK\x03\x04']]],
  ['archive', [[0, 'PK\x05\x06']]],
  ['archive', [[0, 'PK\x07\x08']]],
  ['archive', [[0, 'Rar!\x1a\x07']]],
  ['archive', [[0, '7z\xbc\xaf\x27\x1c']]],
  ['archive', [[0, '\x1f\x8b']]],
  ['archive', [[0, '\xfd7zXZ\0']]],
  ['archive', [[0, 'BZh']]],
  ['archive', [[0, '\x28\xb5\x2f\xfd']]],
  ['archive', [[257, 'ustar']]],
]
