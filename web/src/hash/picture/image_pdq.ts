/** ImagePDQ: the hashes of one picture, as it is shown, as it is stored, and of what is made of it. */
import type { Course, Yield } from '../algorithm.ts'
import { measure, openMeasured, type Measured } from './decode.ts'
import type { View } from '../pdq/compensated.ts'
import { loadKernel, type Pdq, type PdqStream } from '../pdq/kernel.ts'
import type { LumaPlane } from '../pdq/reduced_plane.ts'
import type { Picture } from './picture.ts'
import { hasSmallCopy, isTight, planeOf, storedView } from './reduced.ts'
import { Refused } from '../refusal.ts'
import { SIGNAL_TYPES } from '../signals.ts'
import { VARIANTS } from './variants.ts'
import { isWorthSending, type Made } from '../worth.ts'

/** Raises: Refused. */
export async function imagePdq(file: File, course: Course): Promise<Yield> {
  const measured = await measure(file)
  if (await isTight(file, measured, course)) return await ofReduced(file, measured, course)
  try {
    return { made: distinct(await ofWhole(file, measured, course)), limits: [] }
  } catch (error) {
    if (!hasSmallCopy(measured) || !isWantOfMemory(error)) throw error
    return await ofReduced(file, measured, course)
  }
}

/**
 * As far as one can tell: a browser without memory says the same of a picture as of a damaged one,
 * that it cannot read it. Any other error is a fault of ours, which no smaller copy may hide.
 */
function isWantOfMemory(error: unknown): boolean {
  if (error instanceof Refused) return error.reason === 'unreadable'
  return error instanceof RangeError || error instanceof DOMException
}

/** At full resolution, to the last bit; the variants within two bits of that. */
async function ofWhole(file: File, measured: Measured, course: Course): Promise<Made[]> {
  const picture = await openMeasured(file, measured, course.reserve)
  try {
    const { stored } = picture
    const share = stored ? 0.5 : 1
    const shown = await hashed(picture, true, (done) => {
      course.progress(done * share)
    })
    const upright = made('upright', shown.finish())
    if (!isWorthSending(upright, SIGNAL_TYPES.ImagePDQ)) return [upright]
    const variants = await versionsOf(shown.plane(), variantsOf(shown.plane()))
    if (!stored) return [upright, ...variants]
    const lain = await hashed(stored, false, (done) => {
      course.progress(share + done * share)
    })
    return [upright, made('stored', lain.finish()), ...variants]
  } finally {
    picture.close()
  }
}

async function hashed(
  picture: Picture,
  plane: boolean,
  progress: Course['progress'],
): Promise<PdqStream> {
  const stream = (await loadKernel()).open(picture.width, picture.height, { plane })
  try {
    for await (const strip of picture.strips()) {
      stream.push(strip, picture.order)
      progress(stream.done)
    }
    return stream
  } catch (error) {
    stream.close()
    throw error
  }
}

/** From a copy that is small at once, for want of memory: a few bits from the exact hashes. */
async function ofReduced(file: File, measured: Measured, course: Course): Promise<Yield> {
  const plane = await planeOf(file, measured, course.reserve)
  const view = storedView(measured.orientation)
  const stored = view ? [['stored', view] as const] : []
  const all = await versionsOf(plane, [['upright', {}], ...stored, ...variantsOf(plane)])
  course.progress(1)
  const reduced = distinct(all).map((one) => ({ ...one, reduced: true }) as const)
  const worthy = reduced[0] && isWorthSending(reduced[0], SIGNAL_TYPES.ImagePDQ)
  return { made: worthy ? reduced : reduced.slice(0, 1), limits: ['smaller-copy'] }
}

type Version = readonly [name: string, view: View]

async function versionsOf(plane: LumaPlane, versions: readonly Version[]): Promise<Made[]> {
  const views = versions.map(([, view]) => view)
  const hashes = (await loadKernel()).hashesOf(plane, views)
  return versions.flatMap(([name], i) => (hashes[i] ? [made(name, hashes[i])] : []))
}

/** A ribbon of which the plane keeps too few rows or columns has none. */
function variantsOf(plane: LumaPlane): Version[] {
  if (isCoarse(plane)) return []
  return VARIANTS.flatMap((variant) => {
    const view: View | undefined = variant.view(plane.original)
    return view ? [[variant.name, view] as const] : []
  })
}

function isCoarse({ width, height, block }: LumaPlane): boolean {
  return Math.max(block.width, block.height) > 1 && Math.min(width, height) < 64
}

/** A symmetric picture has fewer versions than others. */
function distinct(all: readonly Made[]): Made[] {
  return all.filter(({ value }, i) => all.findIndex((other) => other.value === value) === i)
}

function made(variant: string, { hash, quality }: Pdq): Made {
  return { value: hash, quality, variant }
}
