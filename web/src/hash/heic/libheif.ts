/** The part of libheif's C interface that is used here, as its WebAssembly build exports it. */
import type { MainModule } from 'libheif-js/libheif-wasm/libheif.js'

/** Addresses are numbers; a structure is returned through an address given as first argument. */
export type Libheif = Pick<
  MainModule,
  | '_malloc'
  | '_free'
  | '_heif_context_alloc'
  | '_heif_context_free'
  | '_heif_context_set_maximum_image_size_limit'
  | '_heif_context_read_from_memory_without_copy'
  | '_heif_context_get_primary_image_handle'
  | '_heif_image_handle_get_item_id'
  | '_heif_image_handle_release'
  | '_heif_item_get_transformation_properties'
  | '_heif_item_get_property_transform_mirror'
  | '_heif_item_get_property_transform_rotation_ccw'
  | '_heif_decoding_options_alloc'
  | '_heif_decoding_options_free'
  | '_heif_decode_image'
  | '_heif_image_get_primary_width'
  | '_heif_image_get_primary_height'
  | '_heif_image_get_plane_readonly'
  | '_heif_image_get_decoding_warnings'
  | '_heif_image_release'
> & {
  /** Views of its memory, which are replaced by others whenever it grows: never keep one. */
  readonly HEAPU8: Uint8Array<ArrayBuffer>
  readonly HEAP32: Int32Array<ArrayBuffer>
}

/** Source: libheif/heif_image.h and heif_error.h. */
export const COLORSPACE_RGB = 1
export const CHROMA_INTERLEAVED_RGBA = 11
export const CHANNEL_INTERLEAVED = 10
export const ERROR_OK = 0
export const ERROR_MEMORY_ALLOCATION = 6
export const ERROR_DECODER = 7
export const SUBERROR_END_OF_DATA = 100

/** Where `heif_decoding_options` holds its flag: its fields never move, new ones are appended. */
export const CONVERT_HDR_TO_8BIT = 20

/** Bytes of a `heif_error`: a code, a subcode and the address of a message. */
export const ERROR_SIZE = 12

/** The 32-bit number at an address. */
export function wordAt(libheif: Libheif, address: number): number {
  return libheif.HEAP32[address >> 2] ?? 0
}
