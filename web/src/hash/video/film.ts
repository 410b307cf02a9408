/** A film in a file: its first picture track, taken apart and decoded by what the browser has. */
import {
  BlobSource,
  EncodedPacketSink,
  Input,
  Logging,
  LogLevel,
  MATROSKA,
  MP4,
  MPEG_TS,
  OGG,
  QTFF,
  VideoSampleSink,
  WEBM,
  type InputVideoTrack,
  type VideoSample,
} from 'mediabunny'
import { Refused } from '../refusal.ts'
import { damaged } from './damaged.ts'
import { frameRateOf, type Rate } from './frame_rate.ts'
import { statesSoundAlone } from './sound_alone.ts'

// A codec that is unknown is the person's to hear of, in words of this page and not on the console.
Logging.level = LogLevel.Silent

const FORMATS = [MP4, QTFF, MATROSKA, WEBM, MPEG_TS, OGG]

export interface Film {
  readonly rate: Rate
  /** Seconds. */
  readonly duration: number
  readonly megapixels: number
  /** Black is 0 and white 255, as the reference has it: it believes this of H.26x alone. */
  readonly fullRange: boolean
  /**
   * All frames as a viewer would see them, one after the other. Each is the caller's to close.
   *
   * Raises: Damaged.
   */
  frames(): AsyncGenerator<VideoSample>
  close(): void
}

/** Undefined when the browser can decode nothing of it, or the file is damaged. */
export async function openFilm(file: Blob): Promise<Film | undefined> {
  const input = inputOf(file)
  const close = (): void => {
    input.dispose()
  }
  try {
    const film = await firstFilm(input)
    if (film) return { ...film, close }
  } catch {
    // Its reader has as many errors as there are ways to damage a file.
  }
  close()
  return undefined
}

/**
 * What cannot be read is let pass: its MD5 is good for something.
 *
 * Raises: Refused 'unsupported' when there is sound and nothing to see.
 */
export async function refuseSoundAlone(file: Blob): Promise<void> {
  if (await statesSoundAlone(file)) throw new Refused('unsupported')
  const input = inputOf(file)
  const isSound = await isSoundAlone(input).catch(() => false)
  input.dispose()
  if (isSound) throw new Refused('unsupported')
}

async function isSoundAlone(input: Input): Promise<boolean> {
  const [picture] = await input.getVideoTracks()
  return !picture && (await input.getAudioTracks()).length > 0
}

function inputOf(file: Blob): Input {
  const source = new BlobSource(file, { handleUnhandledError: () => undefined })
  return new Input({ source, formats: FORMATS })
}

/** Source: the reference takes the first picture track, too, whichever is marked as the main one. */
async function firstFilm(input: Input): Promise<Omit<Film, 'close'> | undefined> {
  const [track] = await input.getVideoTracks()
  if (!track || !(await track.canDecode())) return undefined
  const packets = new EncodedPacketSink(track).packets(undefined, undefined, { metadataOnly: true })
  return {
    rate: await frameRateOf(readable(packets), await track.getTimeResolution()),
    duration: (await track.getDurationFromMetadata()) ?? (await track.computeDuration()),
    megapixels: ((await track.getCodedWidth()) * (await track.getCodedHeight())) / 1e6,
    fullRange: (await isH26x(track)) && (await track.getColorSpace()).fullRange === true,
    frames: () => framesOf(track),
  }
}

async function isH26x(track: InputVideoTrack): Promise<boolean> {
  return ['avc', 'hevc'].includes((await track.getCodec()) ?? '')
}

/** A film that breaks off has a rate up to there. */
async function* readable<Packet>(packets: AsyncIterable<Packet>): AsyncGenerator<Packet> {
  try {
    yield* packets
  } catch {
    // What is behind the damage is nobody's concern here.
  }
}

async function* framesOf(track: InputVideoTrack): AsyncGenerator<VideoSample> {
  const samples = new VideoSampleSink(track).samples()
  try {
    for (;;) {
      const { value: sample, done } = await samples.next().catch(damaged)
      if (done) return
      // What an edit list cuts off at the beginning is decoded, but never shown.
      if (sample.timestamp < 0) sample.close()
      else yield sample
    }
  } finally {
    await samples.return()
  }
}
