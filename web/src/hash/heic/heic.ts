/** Opens a HEIC, which no browser but Safari decodes, through libheif. Runs in a worker. */
import { Refused } from '../refusal.ts'
import type { Picture } from '../picture/picture.ts'
import { decodeHeic, type Decoded } from './decode.ts'
import type { Libheif } from './libheif.ts'
import { dropLibheif, loadLibheif, restLibheif } from './library.ts'
import { isUpright, walkAsStored } from './orientation.ts'
import { storedStrips, uprightStrips } from './strips.ts'

/** Upright, as every reader of HEIC shows it. */
interface HeicPicture extends Picture {
  /**
   * The same pixels as they lie in the file, for a file with a rotation or mirroring: so they
   * come out of programs that turn a HEIC into a JPEG which merely notes its orientation.
   *
   * It goes with the upright picture when that is closed.
   */
  readonly stored: Picture | undefined
}

/**
 * Decode the primary image with its stored colours; under transparency too. Close it after use.
 *
 * Raises: Refused 'unreadable', 'too-large', 'vanished', 'not-loaded'.
 */
export async function openHeic(file: Blob): Promise<HeicPicture> {
  const libheif = await loadLibheif()
  const bytes = await bytesOfAll(file)
  try {
    return pictureOf(libheif, decodeHeic(libheif, bytes))
  } catch (error) {
    if (error instanceof Refused) throw error
    dropLibheif()
    throw brokeOff(error) ? new Refused('unreadable') : error
  }
}

/** A trap, or an exception of C++ that the library let out: it cannot be used any further. */
function brokeOff(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || typeof error === 'number'
}

async function bytesOfAll(file: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch {
    throw new Refused('vanished')
  }
}

export function pictureOf(libheif: Libheif, decoded: Decoded): HeicPicture {
  return {
    width: decoded.width,
    height: decoded.height,
    order: 'RGBA',
    strips: () => uprightStrips(libheif, decoded),
    stored: storedOf(libheif, decoded),
    close() {
      decoded.release()
      restLibheif(libheif)
    },
  }
}

function storedOf(libheif: Libheif, decoded: Decoded): Picture | undefined {
  const { width, height, stride, orientation } = decoded
  if (isUpright(orientation)) return undefined
  const walk = walkAsStored(orientation, width, height, stride / 4)
  return {
    width: walk.width,
    height: walk.height,
    order: 'RGBA',
    strips: () => storedStrips(libheif, decoded, walk),
    close: () => undefined,
  }
}
