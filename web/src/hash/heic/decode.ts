/** From the bytes of a HEIC to the pixels of its primary image, inside libheif's memory. */
import { Refused } from '../refusal.ts'
import {
  CHANNEL_INTERLEAVED,
  CHROMA_INTERLEAVED_RGBA,
  COLORSPACE_RGB,
  CONVERT_HDR_TO_8BIT,
  ERROR_DECODER,
  ERROR_SIZE,
  SUBERROR_END_OF_DATA,
  wordAt,
  type Libheif,
} from './libheif.ts'
import type { Orientation } from './orientation.ts'
import { demand, Room } from './room.ts'
import { orientationOf } from './transformations.ts'

/** Upright RGBA pixels, 8 bits each: `address` and `stride` are in bytes. */
export interface Decoded {
  readonly width: number
  readonly height: number
  readonly address: number
  readonly stride: number
  readonly orientation: Orientation
  release(): void
}

/**
 * The side of the largest square that is unpacked: whatever the header says, and whatever the
 * pictures say that it is put together from.
 */
const MOST_ACROSS = 10_000
/** One of many missing tiles is enough. */
const MOST_WARNINGS = 16

/**
 * Decode the primary image; everything but its pixels is freed again.
 *
 * Raises: Refused 'unreadable', or 'too-large' when there is no memory left for it.
 */
export function decodeHeic(libheif: Libheif, file: Uint8Array): Decoded {
  const room = new Room(libheif)
  try {
    const result = room.bytes(ERROR_SIZE)
    const copy = room.bytes(file.length)
    libheif.HEAPU8.set(file, copy)
    const context = room.holds(libheif._heif_context_alloc(), libheif._heif_context_free)
    libheif._heif_context_set_maximum_image_size_limit(context, MOST_ACROSS)
    demand(libheif, result, () =>
      libheif._heif_context_read_from_memory_without_copy(result, context, copy, file.length, 0),
    )
    const handle = primaryImage(libheif, room, context)
    const item = libheif._heif_image_handle_get_item_id(handle)
    const orientation = orientationOf(libheif, room, context, item)
    return { ...pixelsOf(libheif, wholeImage(libheif, room, handle), result), orientation }
  } finally {
    room.close()
  }
}

function primaryImage(libheif: Libheif, room: Room, context: number): number {
  const result = room.bytes(ERROR_SIZE)
  const handle = room.bytes(4)
  demand(libheif, result, () =>
    libheif._heif_context_get_primary_image_handle(result, context, handle),
  )
  return room.holds(wordAt(libheif, handle), libheif._heif_image_handle_release)
}

/** Tiles that the file ends before are left grey by libheif: that is not the picture. */
function wholeImage(libheif: Libheif, room: Room, handle: number): number {
  const image = decodedImage(libheif, room, handle)
  const list = room.bytes(ERROR_SIZE * MOST_WARNINGS)
  const count = libheif._heif_image_get_decoding_warnings(image, 0, list, MOST_WARNINGS)
  for (let index = 0; index < count; index++) {
    const warning = list + ERROR_SIZE * index
    const part = wordAt(libheif, warning) === ERROR_DECODER
    if (!part && wordAt(libheif, warning + 4) !== SUBERROR_END_OF_DATA) continue
    libheif._heif_image_release(image)
    throw new Refused('unreadable')
  }
  return image
}

/** The options are those of Pillow's plugin: 8 bits a colour, and the library's own ways else. */
function decodedImage(libheif: Libheif, room: Room, handle: number): number {
  const result = room.bytes(ERROR_SIZE)
  const image = room.bytes(4)
  const options = room.holds(
    libheif._heif_decoding_options_alloc(),
    libheif._heif_decoding_options_free,
  )
  libheif.HEAPU8[options + CONVERT_HDR_TO_8BIT] = 1
  demand(libheif, result, () =>
    libheif._heif_decode_image(
      result,
      handle,
      image,
      COLORSPACE_RGB,
      CHROMA_INTERLEAVED_RGBA,
      options,
    ),
  )
  return wordAt(libheif, image)
}

function pixelsOf(libheif: Libheif, image: number, result: number): Omit<Decoded, 'orientation'> {
  const address = libheif._heif_image_get_plane_readonly(image, CHANNEL_INTERLEAVED, result)
  return {
    width: libheif._heif_image_get_primary_width(image),
    height: libheif._heif_image_get_primary_height(image),
    address,
    stride: wordAt(libheif, result),
    release: () => libheif._heif_image_release(image),
  }
}
