/** What leaves the device, and the kinds of it that exist. */
import signalTypes from '../../../contract/signal_types.json'

/** The names in `contract/signal_types.json`: adding one there asks for its algorithm here. */
export type SignalType = keyof typeof signalTypes

export interface Signal {
  type: SignalType
  /** In the `format` of its type. */
  value: string
  /** 0 to 100, for types that judge what they hash: those with a `minimum_quality`. */
  quality?: number
  /** Which version of the picture it is of, for types with `variants`; the first of them if absent. */
  variant?: string
  /** It was made from a smaller copy, for want of memory: up to 10 bits from the exact one. */
  reduced?: true
}

/** Why the signals of a file find less than those of another. The page has words for each. */
export type Limit =
  /** Made from a smaller copy, for want of memory. */
  | 'smaller-copy'
  /** A video of which this browser can read no frames: only exact copies of the file are found. */
  | 'exact-copies-only'

/** What the contract says of one type. Facts about matching are not the page's business. */
export interface Facts {
  /** The kind of file that it is made from. */
  readonly media: string
  /** A regular expression for its values. */
  readonly format: string
  /** Below this a file is too plain to be told from others. */
  readonly minimum_quality?: number
  /** The fewest and the most bits that a hexadecimal value may have set. */
  readonly bits_set?: readonly number[]
  /** The versions of a picture that are hashed; the first is the picture as it is shown. */
  readonly variants?: readonly string[]
}

export const SIGNAL_TYPES: Readonly<Record<SignalType, Facts>> = signalTypes
