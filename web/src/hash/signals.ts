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
}

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
}

export const SIGNAL_TYPES: Readonly<Record<SignalType, Facts>> = signalTypes
