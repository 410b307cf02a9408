/** One algorithm for each type of signal: a type without one does not compile. */
import { imagePdq } from './image_pdq.ts'
import type { Signal, SignalType } from './signals.ts'

/**
 * Makes one type of signal from a file.
 *
 * `progress` is told how much is done, from 0 to 1. Raises: Refused.
 */
export type Algorithm = (file: File, progress: (done: number) => void) => Promise<Signal>

export const ALGORITHMS: Record<SignalType, Algorithm> = { ImagePDQ: imagePdq }
