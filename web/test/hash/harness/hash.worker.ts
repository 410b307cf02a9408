/** Hashes one picture by the path that is asked for, whatever the device has room for. */
import { ALGORITHMS } from '../../../src/hash/algorithms.ts'
import { ALONE } from './alone.ts'

export interface Asked {
  file: File
  sparing: boolean
}

addEventListener('message', ({ data: { file, sparing } }: MessageEvent<Asked>) => {
  void ALGORITHMS.ImagePDQ(file, { ...ALONE, sparing }).then((made) => {
    postMessage(made)
  }, reportError)
})
