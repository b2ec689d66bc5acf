import { writeFile } from 'node:fs/promises'
import { Decoder, type Demuxer, Encoder, FilterAPI, Frame, Packet, type Stream } from 'node-av'
import { AV_PIX_FMT_RGB24, AVSEEK_FLAG_BACKWARD, FF_ENCODER_LIBWEBP, FF_ENCODER_PNG } from 'node-av/constants'
import type { Size } from '../imaging/plan.ts'
import { ANY_STREAM, isFrame, openSource, readOnly, startOf, streamsOf } from './open.ts'
import { type Part, scaleTo, uprightFilters } from './plan.ts'
import type { Source, SourcePicture } from './source.ts'
import { isWorthShowing, scoreOf } from './still-score.ts'

export interface PosterTask {
  do: 'poster'
  source: Source
  picture: SourcePicture
  part: Part
  /** Seconds from the beginning of the part; the best of several where nobody chose. */
  at: number | undefined
  size: Size
  /** A PNG. */
  to: string
}

export interface StripTask {
  do: 'strip'
  source: Source
  picture: SourcePicture
  part: Part
  tile: Size
  columns: number
  rows: number
  /** Seconds from one tile to the next. */
  interval: number
  /** A WebP. */
  to: string
}

/** Looked at, spread over the film. */
const CANDIDATES = 8
/** Of a film that begins dark. */
const MORE_CANDIDATES = 24
/** Seconds; of a shorter film every frame is worth looking at, of a longer one the key frames are enough. */
const SHORT = 4
/** Frames decoded at most to reach the one that was chosen: a minute of 30 a second. */
const REACH = 1800

/** A still that shows what the film is like, or the one that was chosen. */
export async function makePoster(task: PosterTask, tick: () => void): Promise<void> {
  await using film = await Film.open(task)
  using small = FilterAPI.create(
    [
      ...uprightFilters(task.picture),
      'scale=160:160:force_original_aspect_ratio=decrease',
      'format=gray',
    ].join(','),
  )
  const best =
    task.at !== undefined
      ? await film.frameAt(task.at, true)
      : ((await bestOf(film, small, task.part.seconds, CANDIDATES, tick)) ??
        (await bestOf(film, small, task.part.seconds, MORE_CANDIDATES, tick, true)))
  if (!best) throw new Error('no frame')
  using full = FilterAPI.create([...uprightFilters(task.picture), scaleTo(task.size), toRgb].join(','))
  const frame = await through(full, best)
  best.free()
  await writeFile(
    task.to,
    await Encoder.encodeOne(FF_ENCODER_PNG, frame, { options: { compression_level: 1 } as never }),
  )
  frame.free()
}

const toRgb = 'scale=in_color_matrix=bt709,format=rgb24'

async function through(filter: FilterAPI, frame: Frame): Promise<Frame> {
  await filter.process(frame)
  let made = await filter.receive()
  if (!isFrame(made)) {
    await filter.flush()
    made = await filter.receive()
  }
  if (!isFrame(made)) throw new Error('no frame')
  return made
}

async function bestOf(
  film: Film,
  small: FilterAPI,
  seconds: number,
  count: number,
  tick: () => void,
  isAnyGood = false,
): Promise<Frame | undefined> {
  let best: { frame: Frame; score: number } | undefined
  for (let at = 0; at < count; at++) {
    tick()
    const frame = await film.frameAt((seconds * (at + 0.5)) / count, seconds < SHORT)
    if (!frame) continue
    const look = await through(small, frame)
    const gray = grayOf(look)
    const score = scoreOf(gray)
    look.free()
    const isBetter = (isAnyGood || isWorthShowing(gray)) && (!best || score > best.score)
    if (isBetter) best?.frame.free()
    if (isBetter) best = { frame, score }
    else frame.free()
  }
  return best?.frame
}

function grayOf(frame: Frame) {
  const { width, height } = frame
  const pixels = Buffer.alloc(width * height)
  const [plane] = frame.data ?? []
  const stride = frame.linesize[0] ?? width
  for (let y = 0; y < height; y++) plane?.copy(pixels, y * width, y * stride, y * stride + width)
  return { pixels, width, height }
}

/** Small stills in rows, for a player that shows where one would land. */
export async function makeStrip(task: StripTask, tick: () => void): Promise<void> {
  const { tile, columns, rows } = task
  await using film = await Film.open(task)
  using small = FilterAPI.create([...uprightFilters(task.picture), scaleTo(tile), toRgb].join(','))
  const sheet = Buffer.alloc(tile.width * columns * tile.height * rows * 3)
  for (let at = 0; at < columns * rows; at++) {
    tick()
    if (at * task.interval >= task.part.seconds) break
    const frame = await film.frameAt(at * task.interval, false)
    if (!frame) continue
    const small_ = await through(small, frame)
    frame.free()
    place(sheet, small_, { tile, columns, at })
    small_.free()
  }
  const props = { width: tile.width * columns, height: tile.height * rows, format: AV_PIX_FMT_RGB24 }
  using whole = Frame.fromVideoBuffer(sheet, { ...props, timeBase: { num: 1, den: 1 }, pts: 0n })
  using convert = FilterAPI.create('format=yuv420p')
  using converted = await through(convert, whole)
  await writeFile(
    task.to,
    await Encoder.encodeOne(FF_ENCODER_LIBWEBP, converted, { options: { quality: 70 } as never }),
  )
}

function place(
  sheet: Buffer,
  frame: Frame,
  { tile, columns, at }: { tile: Size; columns: number; at: number },
): void {
  const [plane] = frame.data ?? []
  const stride = frame.linesize[0] ?? 0
  const left = (at % columns) * tile.width * 3
  const top = Math.floor(at / columns) * tile.height
  for (let y = 0; y < tile.height; y++) {
    const from = y * stride
    plane?.copy(sheet, (top + y) * tile.width * columns * 3 + left, from, from + tile.width * 3)
  }
}

/** A film of which single frames are wanted. */
class Film implements AsyncDisposable {
  readonly #source: Source
  readonly #from: number
  #demuxer: Demuxer
  #stream: Stream
  #decoder: Decoder

  static async open({ source, part }: Pick<PosterTask, 'source' | 'part'>): Promise<Film> {
    return new Film(source, part.from, await opened(source))
  }

  private constructor(source: Source, from: number, { demuxer, stream, decoder }: OpenFilm) {
    this.#source = source
    this.#from = from
    this.#demuxer = demuxer
    this.#stream = stream
    this.#decoder = decoder
  }

  /** The frame of this moment, or the key frame before it, which is found sooner. */
  async frameAt(seconds: number, isExact: boolean): Promise<Frame | undefined> {
    const wanted = Math.max(0, startOf(this.#demuxer)) + this.#from + seconds
    await this.#demuxer.seek(wanted, ANY_STREAM, AVSEEK_FLAG_BACKWARD)
    this.#decoder.getCodecContext()?.flushBuffers()
    const found = await this.#nextAt(wanted, isExact)
    if (found) return found
    // Some have no way back: from their beginning, then.
    await this[Symbol.asyncDispose]()
    const { demuxer, stream, decoder } = await opened(this.#source)
    this.#demuxer = demuxer
    this.#stream = stream
    this.#decoder = decoder
    return this.#nextAt(wanted, isExact)
  }

  async #nextAt(wanted: number, isExact: boolean): Promise<Frame | undefined> {
    const { num, den } = this.#stream.timeBase
    let [last, count]: [Frame | undefined, number] = [undefined, 0]
    for await (const frame of this.#frames()) {
      const isPast = isExact && last !== undefined && (Number(frame.pts) * num) / den > wanted
      if (isPast) frame.free()
      else {
        last?.free()
        last = frame
      }
      count += 1
      if (isPast || !isExact || count >= REACH) break
    }
    return last
  }

  /** From where it stands to the end. The file is read itself: what a reader of packets has once ended does not begin again. */
  async *#frames(): AsyncGenerator<Frame> {
    const context = this.#demuxer.getFormatContext()
    using packet = new Packet()
    packet.alloc()
    while ((await context.readFrame(packet)) >= 0) {
      if (packet.streamIndex === this.#stream.index) {
        packet.timeBase = this.#stream.timeBase
        yield* await this.#decoder.decodeAll(packet)
      }
      packet.unref()
    }
    yield* await this.#decoder.decodeAll(null)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#decoder.close()
    await this.#demuxer.close()
  }
}

interface OpenFilm {
  demuxer: Demuxer
  stream: Stream
  decoder: Decoder
}

async function opened(source: Source): Promise<OpenFilm> {
  const demuxer = await openSource(source)
  const stream = streamsOf(demuxer).picture
  if (!stream) throw new Error('no picture')
  readOnly(demuxer, stream)
  return { demuxer, stream, decoder: await Decoder.create(stream, { exitOnError: false, threadCount: 1 }) }
}
