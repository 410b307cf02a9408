/** Takes a film through its decoder and nothing else, and then through all that the page does. */
import { BlobSource, EncodedPacketSink, Input, MATROSKA, MP4, WEBM } from 'mediabunny'
import { ALGORITHMS } from '../../../src/hash/algorithms.ts'
import { ALONE } from './alone.ts'

/** Milliseconds, the fewest of a few runs in one warm worker. */
export interface FilmTimes {
  /** The browser's own decoder on the packets of the file, every frame closed as it comes. */
  decode: number
  /** The hashes of its frames, from the first byte of the file. */
  frames: number
  /** Its MD5. */
  md5: number
}

const RUNS = 2

/** Packets that the decoder is let have beforehand. */
const AHEAD = 16

addEventListener('message', ({ data }: MessageEvent<File>) => {
  void timesOf(data).then((times) => {
    postMessage(times)
  }, reportError)
})

async function timesOf(file: File): Promise<FilmTimes> {
  const least: FilmTimes = { decode: Infinity, frames: Infinity, md5: Infinity }
  for (let i = 0; i < RUNS; i++) {
    least.decode = Math.min(least.decode, await timed(() => decoded(file)))
    least.frames = Math.min(least.frames, await timed(() => ALGORITHMS.VideoPDQ(file, ALONE)))
    least.md5 = Math.min(least.md5, await timed(() => ALGORITHMS.VideoMD5(file, ALONE)))
  }
  return least
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

async function decoded(file: File): Promise<void> {
  const input = new Input({ source: new BlobSource(file), formats: [MP4, WEBM, MATROSKA] })
  const [track] = await input.getVideoTracks()
  const config = await track?.getDecoderConfig()
  if (!track || !config) throw new Error('no film')
  const decoder = new VideoDecoder({
    output: (frame) => {
      frame.close()
    },
    error: reportError,
  })
  decoder.configure(config)
  for await (const packet of new EncodedPacketSink(track).packets()) {
    if (decoder.decodeQueueSize > AHEAD) await dequeued(decoder)
    decoder.decode(packet.toEncodedVideoChunk())
  }
  await decoder.flush()
  decoder.close()
  input.dispose()
}

function dequeued(decoder: VideoDecoder): Promise<void> {
  return new Promise((resolve) => {
    decoder.addEventListener(
      'dequeue',
      () => {
        resolve()
      },
      { once: true },
    )
  })
}
