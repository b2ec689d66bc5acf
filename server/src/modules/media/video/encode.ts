import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  Decoder,
  type Demuxer,
  Encoder,
  FilterComplexAPI,
  type Frame,
  type Packet,
  type Stream,
} from 'node-av'
import {
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AVMEDIA_TYPE_VIDEO,
  AVSEEK_FLAG_BACKWARD,
  FF_ENCODER_LIBX264,
} from 'node-av/constants'
import { shiftFragments } from './fragments.ts'
import { ANY_STREAM, isFrame, openSource, readOnly, startOf, streamsOf } from './open.ts'
import { OutputFile } from './output-file.ts'
import { type EncodePlan, type Rung, scaleTo, secondsOf, uprightFilters } from './plan.ts'
import type { Source, SourcePicture } from './source.ts'

export interface EncodeTask {
  do: 'encode'
  source: Source
  picture: SourcePicture
  plan: EncodePlan
  /** Those before it are made. */
  firstPiece: number
  /** Pieces are put here as `{edge}-{piece}.mp4`. */
  folder: string
  threads: number
}

/** What is told while it goes on. */
export interface EncodeWatch {
  /** Seconds of film that are encoded. */
  progress(seconds: number): void
  /** A piece of every rung is whole. */
  piece(index: number): void
}

/** At 23 a film looks like its source; the fastest preset whose files are not larger for it. */
const QUALITY = { preset: 'veryfast', crf: 23, profile: 'high' } as const
/** As CMAF has it: times begin at zero, whatever order frames are stored in. */
export const FRAGMENTED = { movflags: 'cmaf+frag_keyframe+empty_moov+skip_trailer', fflags: '+bitexact' }
/** Decoded before the piece that is wanted, seconds: a file may place its key frames wrongly. */
const RUN_UP = 1

/** One decode, every rung; pieces of a minute, each a fragmented MP4 whose times are those of the film. Answers the seconds encoded. */
export async function encode(task: EncodeTask, watch: EncodeWatch): Promise<number> {
  const { plan, picture } = task
  await using demuxer = await openSource(task.source)
  const stream = streamsOf(demuxer).picture
  if (!stream) throw new Error('no picture')
  readOnly(demuxer, stream)
  const begin = secondsOf(task.firstPiece * plan.piece, plan.rate)
  const start = Math.max(0, startOf(demuxer))
  if (begin + plan.from > RUN_UP)
    await demuxer.seek(start + plan.from + begin - RUN_UP, ANY_STREAM, AVSEEK_FLAG_BACKWARD)
  using decoder = await Decoder.create(stream, { exitOnError: false, threadCount: task.threads })
  using filter = FilterComplexAPI.create(graphOf(picture, plan, begin, start), {
    inputs: [{ label: 'in' }],
    outputs: plan.rungs.map(({ edge }) => ({ label: `v${edge}`, mediaType: AVMEDIA_TYPE_VIDEO })),
    threads: task.threads,
  })
  const lines = await Promise.all(plan.rungs.map((rung) => RungLine.open(rung, task, filter)))
  try {
    return await run({ demuxer, stream, decoder, filter, lines, plan, begin }, watch)
  } finally {
    for (const line of lines) await line.close()
  }
}

interface Running {
  demuxer: Demuxer
  stream: Stream
  decoder: Decoder
  filter: FilterComplexAPI
  lines: RungLine[]
  plan: EncodePlan
  begin: number
}

async function run(
  { demuxer, stream, decoder, filter, lines, plan, begin }: Running,
  watch: EncodeWatch,
): Promise<number> {
  const frames = Math.max(1, Math.round((plan.seconds * plan.rate.num) / plan.rate.den))
  const tell = (before: number) => {
    const done = Math.min(...lines.map((line) => line.pieces))
    for (let piece = before; piece < done; piece++) watch.piece(piece)
    return done
  }
  let told = lines[0]?.pieces ?? 0
  const drain = async (): Promise<boolean> => {
    const isFull = await takeFrames(filter, lines, frames)
    told = tell(told)
    watch.progress(Math.min(...lines.map((line) => secondsOf(line.frames, plan.rate))))
    return isFull
  }
  let isFull = begin >= plan.seconds
  for await (const frame of decoder.frames(demuxer.packets(stream.index))) {
    if (!frame) continue
    await filter.process('in', frame)
    frame.free()
    isFull = await drain()
    if (isFull) break
  }
  if (!isFull) {
    await filter.flush()
    await drain()
  }
  for (const line of lines) await line.end()
  tell(told)
  return secondsOf(Math.min(...lines.map((line) => line.frames)), plan.rate)
}

/** True when every rung has the frames it is to have. */
async function takeFrames(filter: FilterComplexAPI, lines: RungLine[], frames: number): Promise<boolean> {
  const taken: { line: RungLine; frame: Frame }[] = []
  // One after the other: a graph with several ends must not be asked twice at once.
  for (const line of lines)
    for (
      let frame = await filter.receive(line.label);
      isFrame(frame);
      frame = await filter.receive(line.label)
    )
      taken.push({ line, frame })
  await Promise.all(
    lines.map(async (line) => {
      for (const { frame } of taken.filter((one) => one.line === line)) {
        if (line.frames < frames) await line.take(frame)
        frame.free()
      }
    }),
  )
  return lines.every((line) => line.frames >= frames)
}

/** From decoded frames to those of each rung: turned upright and brought to their colours at the largest size that is wanted. */
function graphOf(picture: SourcePicture, plan: EncodePlan, begin: number, start: number): string {
  const { rungs, rate, from } = plan
  const clock = `setpts=PTS-(${start + from})/TB,fps=${rate.num}/${rate.den}:start_time=${begin}`
  const largestFirst = [...rungs].sort((a, b) => b.edge - a.edge)
  const ends = largestFirst.map(({ edge }) => `[s${edge}]`).join('')
  const scaled = largestFirst.map((rung) => `[s${rung.edge}]${scaleTo(rung)}[v${rung.edge}]`)
  const split = rungs.length > 1 ? `split=${rungs.length}` : 'null'
  return [`[in]${[clock, ...uprightFilters(picture)].join(',')},${split}${ends}`, ...scaled].join(';')
}

/** One rung on its way: the encoder goes on from piece to piece, each of which is a file. */
class RungLine {
  readonly label: string
  /** Of the film, those before the first piece included. */
  frames: number
  /** Those that are whole. */
  pieces: number
  readonly #task: EncodeTask
  readonly #rung: Rung
  readonly #encoder: Encoder
  #file: OutputFile | undefined

  static async open(rung: Rung, task: EncodeTask, filter: FilterComplexAPI): Promise<RungLine> {
    const { segment } = task.plan
    const encoder = await Encoder.create(FF_ENCODER_LIBX264, {
      filter,
      gopSize: segment,
      threadCount: task.threads,
      maxRate: rung.maxRate,
      bufSize: rung.maxRate * 2,
      options: {
        ...QUALITY,
        'x264-params': `scenecut=0:keyint=${segment}:min-keyint=${segment}:open-gop=0`,
      } as never,
    })
    encoder.setCodecFlags(AV_CODEC_FLAG_GLOBAL_HEADER)
    return new RungLine(rung, task, encoder)
  }

  private constructor(rung: Rung, task: EncodeTask, encoder: Encoder) {
    this.label = `v${rung.edge}`
    this.#rung = rung
    this.#task = task
    this.#encoder = encoder
    this.pieces = task.firstPiece
    this.frames = task.firstPiece * task.plan.piece
  }

  async take(frame: Frame): Promise<void> {
    this.frames += 1
    await this.#encoder.encode(frame)
    await this.#writeReady()
  }

  async end(): Promise<void> {
    await this.#encoder.flush()
    await this.#writeReady()
    if (this.#file) await this.#endPiece(this.#file)
  }

  async close(): Promise<void> {
    await this.#file?.close()
    this.#encoder.close()
  }

  async #writeReady(): Promise<void> {
    for (
      let packet = await this.#encoder.receive();
      isPacket(packet);
      packet = await this.#encoder.receive()
    ) {
      await this.#write(packet)
      packet.free()
    }
  }

  async #write(packet: Packet): Promise<void> {
    const { plan } = this.#task
    const { timeBase } = packet
    const ticks = (plan.rate.den * timeBase.den) / (plan.rate.num * timeBase.num)
    const frame = Math.round(Number(packet.pts) / ticks)
    const isNext = packet.isKeyframe && frame >= (this.pieces + 1) * plan.piece
    if (isNext && this.#file) await this.#endPiece(this.#file)
    this.#file ??= this.#beginPiece()
    const start = BigInt(Math.round(this.pieces * plan.piece * ticks))
    packet.pts -= start
    packet.dts -= start
    await this.#file.write(packet, 0)
  }

  #beginPiece(): OutputFile {
    const context = this.#encoder.getCodecContext()
    if (!context) throw new Error('nothing encoded')
    const file = new OutputFile(`${this.#path()}.part`, FRAGMENTED)
    file.addEncoded(context)
    return file
  }

  async #endPiece(file: OutputFile): Promise<void> {
    this.#file = undefined
    await file.end()
    const path = this.#path()
    const { piece, rate } = this.#task.plan
    const bytes = await readFile(`${path}.part`)
    shiftFragments(bytes, { num: this.pieces * piece * rate.den, den: rate.num })
    await writeFile(`${path}.part`, bytes)
    await rename(`${path}.part`, path)
    this.pieces += 1
  }

  #path(): string {
    return join(this.#task.folder, `${this.#rung.edge}-${this.pieces}.mp4`)
  }
}

const isPacket = (found: unknown): found is Packet => typeof found === 'object' && found !== null
