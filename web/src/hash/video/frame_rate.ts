/** How many frames a second a film has, from the times of its first ones: headers may lie or lack it. */

/** Frames a second, and how far the true rate may be above, as a part of it. */
export interface Rate {
  readonly perSecond: number
  readonly tolerance: number
}

/** Ten seconds and more of any film: enough to tell 23.976 from 24. */
const PROBED = 512

/** Frames by which one may be decoded before those shown sooner. Source: ITU-T H.264, `MaxDpbFrames`. */
const REORDERED = 16

/** Half of what lies between a whole rate and its neighbour in television, 30 and 30,000/1001. */
const MOST_TOLERANCE = 0.0005

/** A film of one frame, or with times that stand still, is sampled as if each frame were a second. */
const UNKNOWN: Rate = { perSecond: 1, tolerance: 0 }

/**
 * `packets` are in the order of decoding; with B-frames, that is not the order of showing. Their
 * times are rounded to one of `resolution` parts of a second: Matroska has 1,000 of them.
 */
export async function frameRateOf(
  packets: AsyncIterable<{ timestamp: number }>,
  resolution: number,
): Promise<Rate> {
  const times = await firstTimes(packets)
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0)
  if (!(span > 0)) return UNKNOWN
  return {
    perSecond: (times.length - 1) / span,
    tolerance: Math.min(1 / resolution / span, MOST_TOLERANCE),
  }
}

/** In the order of showing, without gaps: where packets are left, the last ones may have some. */
async function firstTimes(packets: AsyncIterable<{ timestamp: number }>): Promise<number[]> {
  const times: number[] = []
  for await (const { timestamp } of packets) {
    times.push(timestamp)
    if (times.length === PROBED + REORDERED) break
  }
  return times.sort((one, other) => one - other).slice(0, PROBED)
}
