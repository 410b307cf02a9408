/** What leaves the device, and the kinds of it that exist. */
import type signalTypes from '../../../contract/signal_types.json'

/** The names in `contract/signal_types.json`: adding one there asks for its algorithm here. */
export type SignalType = keyof typeof signalTypes

export interface Signal {
  type: SignalType
  /** 64 lower-case hexadecimal digits. */
  value: string
  /** 50 to 100: what is plainer is not sent. */
  quality: number
}
