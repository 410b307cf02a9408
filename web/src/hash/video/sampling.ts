/** Which frames of a film are hashed: about one a second, by their number and not by their time. */
import type { Rate } from './frame_rate.ts'

/**
 * From one sampled frame to the next: the frames of a second, cut to a whole number, so that
 * 29.97 frames a second make 29. A rate that could be a whole one is taken for it.
 *
 * Source: PyPI `vpdq`, `frameNumber % (int)(secondsPerHash * frameRate) == 0`, at least 1.
 */
export function stepOf({ perSecond, tolerance }: Rate): number {
  return Math.max(1, Math.trunc(perSecond * (1 + tolerance)))
}

/** Frames 0, `step`, twice `step`, and so on. Every frame is closed before the next is asked for. */
export async function* sampled<Frame extends { close(): void }>(
  frames: AsyncIterable<Frame>,
  rate: Rate,
): AsyncGenerator<Frame> {
  const step = stepOf(rate)
  let number = 0
  for await (const frame of frames) {
    try {
      if (number++ % step === 0) yield frame
    } finally {
      frame.close()
    }
  }
}
