/** What kind of file it is, by its first bytes: its name and its declared type may lie. */
import { bytesOf } from './bytes.ts'
import { isoMediaKind } from './format/iso_media.ts'
import { signatureKind } from './format/signatures.ts'
import { textKind } from './format/text.ts'
import { tiffKind } from './format/tiff.ts'
import { Refused } from './refusal.ts'

/** Each format of pictures can be measured before it is decoded: see `dimensions.ts`. */
export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'bmp' | 'avif' | 'heic'
/** MP4, MOV and 3GP are all `mp4`, WebM and Matroska both `webm`: one demuxer reads them. */
type VideoFormat = 'mp4' | 'webm' | 'avi' | 'mpeg-ts' | 'mpeg-ps' | 'flv' | 'ogg' | 'asf'
export type Format = PictureFormat | VideoFormat

/** Kinds that nothing is made from, though many people have them: each has its own advice. */
type RefusedKind = 'tiff' | 'raw' | 'pdf' | 'svg' | 'archive' | 'unsupported'
export type Kind = Format | RefusedKind

/** The media of each format, by the names that `contract/signal_types.json` gives them. */
export const MEDIA: Readonly<Record<Format, 'image' | 'video'>> = {
  jpeg: 'image',
  png: 'image',
  webp: 'image',
  gif: 'image',
  bmp: 'image',
  avif: 'image',
  heic: 'image',
  mp4: 'video',
  webm: 'video',
  avi: 'video',
  'mpeg-ts': 'video',
  'mpeg-ps': 'video',
  flv: 'video',
  ogg: 'video',
  asf: 'video',
}

/** How many bytes it takes to tell. Source: a PDF may begin anywhere in so many. */
const HEAD = 1024

/** Raises: Refused 'empty', 'vanished' or the kind of file, where nothing is made from it. */
export async function formatOf(file: Blob): Promise<Format> {
  return formatBeginning(await bytesOf(file, 0, HEAD))
}

/** The same for a file of which only pictures are wanted. */
export async function pictureFormatOf(file: Blob): Promise<PictureFormat> {
  const format = await formatOf(file)
  if (!isPicture(format)) throw new Refused('unsupported')
  return format
}

/**
 * The format that begins with these bytes.
 *
 * Raises: Refused 'empty', or the kind of file, where nothing is made from it.
 */
export function formatBeginning(start: DataView): Format {
  if (start.byteLength === 0) throw new Refused('empty')
  const kind = KINDS.reduce<Kind | undefined>((known, kindOf) => known ?? kindOf(start), undefined)
  if (kind && isFormat(kind)) return kind
  throw new Refused(kind ?? 'unsupported')
}

/** The surest first. */
const KINDS: readonly ((start: DataView) => Kind | undefined)[] = [
  signatureKind,
  isoMediaKind,
  tiffKind,
  textKind,
]

function isFormat(kind: Kind): kind is Format {
  return kind in MEDIA
}

function isPicture(format: Format): format is PictureFormat {
  return MEDIA[format] === 'image'
}
