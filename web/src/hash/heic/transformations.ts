/** The rotations and mirrorings that a picture's properties ask for, as libheif tells them. */
import { wordAt, type Libheif } from './libheif.ts'
import { transformed, UPRIGHT, type Orientation } from './orientation.ts'
import type { Room } from './room.ts'

/** The HEIF standard allows one rotation and one mirroring; a file may still have more. */
const MOST_TRANSFORMATIONS = 16

/** Crops are passed over: they are part of the picture either way. */
export function orientationOf(
  libheif: Libheif,
  room: Room,
  context: number,
  item: number,
): Orientation {
  const list = room.bytes(4 * MOST_TRANSFORMATIONS)
  const count = libheif._heif_item_get_transformation_properties(
    context,
    item,
    list,
    MOST_TRANSFORMATIONS,
  )
  let orientation = UPRIGHT
  for (let index = 0; index < count; index++) {
    const property = wordAt(libheif, list + 4 * index)
    const degrees = libheif._heif_item_get_property_transform_rotation_ccw(context, item, property)
    const mirror = libheif._heif_item_get_property_transform_mirror(context, item, property)
    if (degrees > 0) orientation = transformed(orientation, { kind: 'rotate', degrees })
    if (mirror >= 0) orientation = transformed(orientation, mirrored(mirror))
  }
  return orientation
}

/** Source: libheif/heif_properties.h, `heif_transform_mirror_direction`. */
function mirrored(direction: number): { kind: 'mirror'; direction: 'vertical' | 'horizontal' } {
  return { kind: 'mirror', direction: direction === 0 ? 'vertical' : 'horizontal' }
}
