/** One algorithm for each type of signal: a type without one does not compile. */
import type { Algorithm } from './algorithm.ts'
import { imagePdq } from './picture/image_pdq.ts'
import type { SignalType } from './signals.ts'
import { videoMd5, videoPdq } from './video/parts.ts'

export const ALGORITHMS: Record<SignalType, Algorithm> = {
  ImagePDQ: imagePdq,
  VideoMD5: videoMd5,
  VideoPDQ: videoPdq,
}
