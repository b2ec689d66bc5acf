import { type Readable, Writable } from 'node:stream'
import { Decoder, Demuxer, Encoder, FilterAPI, Muxer, type Packet, type Stream } from 'node-av'
import {
  AV_CODEC_ID_H264,
  AV_LOG_FATAL,
  AV_PIX_FMT_YUV420P,
  AV_PKT_FLAG_KEY,
  FF_ENCODER_AAC,
  FF_ENCODER_LIBX264,
} from 'node-av/constants'
import { Log } from 'node-av/lib'
import { Cutter } from './cutter.ts'
import type { PackagerNews, PackagerTask } from './messages.ts'
import { LONGEST_GOP, PART_SECONDS } from './playlist.ts'

Log.setLevel(AV_LOG_FATAL)

type Tell = (news: PackagerNews) => void

/** Little is looked at before it begins: whoever watches waits for it. */
const PROMPT = { probesize: 131_072, analyzeduration: 1_000_000 }
const FRAGMENTED = {
  movflags: 'empty_moov+frag_keyframe+default_base_moof+skip_trailer',
  frag_duration: String(PART_SECONDS * 1e6),
  flush_packets: 1,
}
const RATE = 30
/** What is larger is refused: one picture of it may take more memory than there is time to see it taken. */
const MOST_PIXELS = 4096 * 2304
/** Shorter edge of what is encoded anew, at most. */
const LARGEST = 720
const RATES: Record<number, string> = { 240: '400k', 360: '700k', 480: '1200k', 720: '2500k' }
const SOUND = 'aresample=async=1000,aformat=sample_rates=48000:channel_layouts=stereo:sample_fmts=fltp'

/** Reads until the input ends. */
export async function pack(task: PackagerTask, input: Readable, tell: Tell): Promise<void> {
  await using demuxer = await Demuxer.open(input, {
    format: task.format,
    bufferSize: 8192,
    options: PROMPT,
  })
  const picture = demuxer.video()
  if (!picture) return tell({ fault: 'unreadable', detail: 'no picture' })
  const sound = demuxer.audio()
  const { width, height, codecId, format } = picture.codecpar
  if (width * height > MOST_PIXELS) return tell({ fault: 'unreadable', detail: `${width} × ${height}` })
  const isCopied = task.copy && codecId === AV_CODEC_ID_H264 && format === AV_PIX_FMT_YUV420P
  const edge = Math.min(width, height)
  const own: Rung = isCopied ? { width, height } : scaled(width, height, Math.min(edge, LARGEST))
  const lower = task.lower.filter((one) => one < Math.min(own.width, own.height))
  const rungs = [own, ...lower.map((one) => scaled(width, height, one))]
  const outputs = await Promise.all(rungs.map((rung, at) => Output.open(rung, at, tell)))
  const encoded = outputs.slice(isCopied ? 1 : 0)
  const pictures = new Pictures(picture, isCopied ? outputs[0] : undefined, task.threads)
  await pictures.open(encoded)
  const sounds = new Sounds(sound)
  await sounds.open(outputs)
  try {
    await Promise.all([
      pictures.run(demuxer.packets(picture.index)),
      sound ? sounds.run(demuxer.packets(sound.index)) : undefined,
    ])
  } finally {
    for (const output of outputs) await output.close()
  }
}

interface Rung {
  width: number
  height: number
}

const even = (value: number): number => Math.max(2, Math.round(value / 2) * 2)
function scaled(width: number, height: number, edge: number): Rung {
  const factor = edge / Math.min(width, height)
  return { width: even(width * factor), height: even(height * factor) }
}

/** One quality on its way out. */
class Output {
  readonly rung: Rung
  readonly #muxer: Muxer
  picture = -1
  sound = -1
  #last: Promise<unknown> = Promise.resolve()

  private constructor(rung: Rung, muxer: Muxer) {
    this.rung = rung
    this.#muxer = muxer
  }

  static async open(rung: Rung, at: number, tell: Tell): Promise<Output> {
    const cutter = new Cutter()
    const out = new Writable({
      write(chunk: Buffer, _, done) {
        const { init, parts } = cutter.take(chunk)
        if (init) tell({ init, rung: at, ...rung })
        for (const part of parts) tell({ part, rung: at })
        done()
      },
    })
    return new Output(rung, await Muxer.open(out, { format: 'mp4', bufferSize: 4096, options: FRAGMENTED }))
  }

  add(source: Stream | Encoder): number {
    return source instanceof Encoder ? this.#muxer.addStream(source) : this.#muxer.addStream(source)
  }

  /** In the order in which they are asked for: pictures and sounds come from two loops. */
  write(packet: Packet, stream: number): Promise<unknown> {
    this.#last = this.#last.then(() => this.#muxer.writePacket(packet, stream))
    return this.#last
  }

  close(): Promise<void> {
    return this.#muxer.close()
  }
}

/** The source's pictures, as they came or decoded once and encoded for every quality. */
class Pictures {
  readonly #stream: Stream
  readonly #copied: Output | undefined
  readonly #threads: number
  #decoder: Decoder | undefined
  #lines: { filter: FilterAPI; encoder: Encoder; output: Output }[] = []
  #keyAt: number | undefined

  constructor(stream: Stream, copied: Output | undefined, threads: number) {
    this.#stream = stream
    this.#copied = copied
    this.#threads = threads
  }

  async open(encoded: readonly Output[]): Promise<void> {
    if (this.#copied) this.#copied.picture = this.#copied.add(this.#stream)
    if (encoded.length === 0) return
    this.#decoder = await Decoder.create(this.#stream, {
      exitOnError: false,
      threadCount: this.#threads,
      // Also of pictures that grow on the way.
      options: { max_pixels: String(MOST_PIXELS) },
    })
    for (const output of encoded) {
      const { width, height } = output.rung
      const filter = FilterAPI.create(`fps=${RATE},scale=${width}:${height}:flags=bilinear,format=yuv420p`)
      const edge = Math.min(width, height)
      const wanted =
        Object.keys(RATES)
          .map(Number)
          .find((one) => one >= edge) ?? LARGEST
      const encoder = await Encoder.create(FF_ENCODER_LIBX264, {
        filter,
        decoder: this.#decoder,
        gopSize: RATE * 2,
        threadCount: this.#threads,
        bitrate: RATES[wanted] as string,
        options: { preset: 'ultrafast', tune: 'zerolatency', 'x264-params': 'scenecut=0:min-keyint=60' },
      })
      output.picture = output.add(encoder)
      this.#lines.push({ filter, encoder, output })
    }
  }

  async run(packets: AsyncIterable<Packet | null>): Promise<void> {
    for await (const packet of packets) {
      if (!packet) continue
      if (this.#copied) this.#checkKeys(packet)
      await this.#encode(packet)
      await this.#copied?.write(packet, this.#copied.picture)
      packet.free()
    }
  }

  async #encode(packet: Packet): Promise<void> {
    if (!this.#decoder) return
    for await (const frame of this.#decoder.frames(packet)) {
      if (!frame) continue
      for (const { filter, encoder, output } of this.#lines)
        for await (const scaledFrame of filter.frames(frame)) {
          if (!scaledFrame) continue
          for await (const made of encoder.packets(scaledFrame)) {
            if (!made) continue
            await output.write(made, output.picture)
            made.free()
          }
          scaledFrame.free()
        }
      frame.free()
    }
  }

  /** What is passed on as it came can be cut before key frames alone. */
  #checkKeys(packet: Packet): void {
    const { num, den } = this.#stream.timeBase
    const at = (Number(packet.dts) * num) / den
    if ((packet.flags & AV_PKT_FLAG_KEY) !== 0 || this.#keyAt === undefined) this.#keyAt = at
    else if (at - this.#keyAt > LONGEST_GOP)
      throw new Error(`no key frame for ${LONGEST_GOP} seconds`, { cause: 'gop' })
  }
}

/** Sound is always made anew: AAC, stereo, without gaps. */
class Sounds {
  readonly #stream: Stream | undefined
  #outputs: readonly Output[] = []
  #decoder: Decoder | undefined
  #filter: FilterAPI | undefined
  #encoder: Encoder | undefined

  constructor(stream: Stream | undefined) {
    this.#stream = stream
  }

  async open(outputs: readonly Output[]): Promise<void> {
    if (!this.#stream) return
    this.#outputs = outputs
    this.#decoder = await Decoder.create(this.#stream, { exitOnError: false })
    this.#filter = FilterAPI.create(SOUND)
    this.#encoder = await Encoder.create(FF_ENCODER_AAC, {
      filter: this.#filter,
      decoder: this.#decoder,
      bitrate: '96k',
    })
    for (const output of outputs) output.sound = output.add(this.#encoder)
  }

  async run(packets: AsyncIterable<Packet | null>): Promise<void> {
    const [decoder, filter, encoder] = [this.#decoder, this.#filter, this.#encoder]
    if (!decoder || !filter || !encoder) return
    for await (const packet of encoder.packets(filter.frames(decoder.frames(packets)))) {
      if (!packet) continue
      for (const output of this.#outputs) await output.write(packet, output.sound)
      packet.free()
    }
  }
}
