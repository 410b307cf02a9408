/** All signals of one file: those of the types whose media it is, if they are worth sending. */
import type { Algorithm, Course } from './algorithm.ts'
import { Refused } from './refusal.ts'
import type { Facts, Limit } from './signals.ts'
import { isWorthSending, type Made } from './worth.ts'

export interface Signals<Type extends string> {
  readonly signals: readonly ({ type: Type } & Made)[]
  readonly limits: readonly Limit[]
}

/** The types that are made from files of this media, in the order of the contract. */
export function typesOf<Type extends string>(
  media: string,
  types: Readonly<Record<Type, Facts>>,
): Type[] {
  return (Object.keys(types) as Type[]).filter((type) => types[type].media === media)
}

/**
 * Run the algorithms for `media` on the file, one after the other: two decoded copies of a large
 * picture are more than a phone has room for.
 *
 * Raises: Refused 'unsupported' when no type is made from such files, 'too-plain' when not one
 * value would find the file again, and whatever an algorithm refuses.
 */
export async function makeSignals<Type extends string>(
  file: File,
  media: string,
  types: Readonly<Record<Type, Facts>>,
  algorithms: Readonly<Record<Type, Algorithm>>,
  course: Course,
): Promise<Signals<Type>> {
  const wanted = typesOf(media, types)
  if (wanted.length === 0) throw new Refused('unsupported')
  const signals = []
  const limits = new Set<Limit>()
  for (const [index, type] of wanted.entries()) {
    const done = await algorithms[type](file, share(course, index, wanted.length))
    const worthy = done.made.filter((made) => isWorthSending(made, types[type]))
    signals.push(...worthy.map((made) => ({ type, ...made })))
    for (const limit of done.limits) limits.add(limit)
  }
  if (signals.length === 0) throw new Refused('too-plain')
  return { signals, limits: [...limits] }
}

/** The part that one of several algorithms has in the progress of the whole. */
function share(course: Course, index: number, of: number): Course {
  return { ...course, progress: (done) => course.progress((index + done) / of) }
}
