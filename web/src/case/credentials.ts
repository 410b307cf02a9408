/** Number and PIN together: all that a person needs, and all that anybody has, to open a case. */
import { drawNumber, type CaseNumber, type Random } from './number.ts'
import { drawPin, type Pin } from './pin.ts'

export interface Credentials {
  readonly number: CaseNumber
  readonly pin: Pin
}

export function drawCredentials(random: Random): Credentials {
  return { number: drawNumber(random), pin: drawPin(random) }
}

/** In groups of four, which is what people can copy without losing their place. */
export function groups(code: string): string[] {
  return code.match(/.{1,4}/g) ?? []
}

export const writtenNumber = (number: CaseNumber): string => groups(number).join('-')
export const writtenPin = (pin: Pin): string => groups(pin).join(' ')

/** What copying and saving give: the two codes and not one word about what they open. */
export function note({ number, pin }: Credentials): string {
  return `${writtenNumber(number)}\n${writtenPin(pin)}\n`
}
