/**
 * What an AVIF or HEIC file says of the picture that it shows: its size, and how it is turned.
 * Source: ISO/IEC 14496-12, 8.11; ISO/IEC 23008-12, 6.5 and 9.3.
 */
import type { Dimensions } from '../dimensions.ts'
import { Refused } from '../refusal.ts'
import { boxesIn, boxOf, type Box } from './boxes.ts'

/** A box with a version has four bytes for it and its flags. */
const FULL_BOX = 4

/** The size as stored; of a picture made of tiles, that of the whole. */
export async function primaryDimensions(file: Blob): Promise<Dimensions> {
  const size = (await primaryProperties(file)).find(({ type }) => type === 'ispe')?.content
  if (!size) throw new Refused('unreadable')
  return { width: size.getUint32(FULL_BOX), height: size.getUint32(FULL_BOX + 4) }
}

/**
 * The properties of the primary item, in the order in which they apply.
 *
 * Raises: Refused 'unreadable', RangeError when a box ends too early.
 */
export async function primaryProperties(file: Blob): Promise<Box[]> {
  const meta = boxesIn(await boxOf(file, 'meta'), FULL_BOX)
  const [item, properties] = [content(meta, 'pitm'), boxesIn(content(meta, 'iprp'))]
  const shared = boxesIn(content(properties, 'ipco'))
  const primary = item.getUint8(0) === 0 ? item.getUint16(FULL_BOX) : item.getUint32(FULL_BOX)
  return properties
    .filter(({ type }) => type === 'ipma')
    .flatMap(({ content }) => associations(content).get(primary) ?? [])
    .flatMap((index) => shared[index - 1] ?? [])
}

function content(boxes: readonly Box[], type: string): DataView {
  const box = boxes.find((box) => box.type === type)
  if (!box) throw new Refused('unreadable')
  return box.content
}

/** For each item the numbers of its properties, from 1. */
function associations(box: DataView): Map<number, number[]> {
  const found = new Map<number, number[]>()
  const wideItems = box.getUint8(0) > 0
  const wideIndices = (box.getUint8(3) & 1) === 1
  let at = FULL_BOX + 4
  for (let entries = box.getUint32(FULL_BOX); entries > 0; entries--) {
    const item = wideItems ? box.getUint32(at) : box.getUint16(at)
    at += wideItems ? 4 : 2
    const indices = []
    for (let count = box.getUint8(at++); count > 0; count--) {
      // The first bit says whether a reader has to know the property.
      indices.push(wideIndices ? box.getUint16(at) & 0x7fff : box.getUint8(at) & 0x7f)
      at += wideIndices ? 2 : 1
    }
    found.set(item, indices)
  }
  return found
}
