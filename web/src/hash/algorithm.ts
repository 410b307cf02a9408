/** What an algorithm is: how a file becomes the value of one signal. */
import type { Made } from './worth.ts'

/** Told how much of the file is done, from 0 to 1. */
export type Progress = (done: number) => void

/**
 * Makes one type of signal from a file of that type's media.
 *
 * Raises: Refused when the file cannot be read; whether the value is any good is not its to judge.
 */
export type Algorithm = (file: File, progress: Progress) => Promise<Made>
