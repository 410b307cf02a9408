/** All signals of one file: those of the types whose media it is, if they are worth sending. */
import type { Algorithm, Progress } from './algorithm.ts'
import { Refused } from './refusal.ts'
import type { Facts } from './signals.ts'
import { isWorthSending, type Made } from './worth.ts'

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
  progress: Progress,
): Promise<({ type: Type } & Made)[]> {
  const wanted = typesOf(media, types)
  if (wanted.length === 0) throw new Refused('unsupported')
  const signals = []
  for (const [index, type] of wanted.entries()) {
    const share: Progress = (done) => progress((index + done) / wanted.length)
    const made = await algorithms[type](file, share)
    if (isWorthSending(made, types[type])) signals.push({ type, ...made })
  }
  if (signals.length === 0) throw new Refused('too-plain')
  return signals
}
