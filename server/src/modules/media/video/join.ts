import { rm } from 'node:fs/promises'
import { Decoder, Encoder, FFmpegError, FilterAPI, type Frame } from 'node-av'
import {
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AVSEEK_FLAG_BACKWARD,
  FF_ENCODER_AAC,
  FF_ENCODER_LIBX264,
} from 'node-av/constants'
import type { Size } from '../imaging/plan.ts'
import { assemble } from './assemble.ts'
import { ANY_STREAM, openSource, readOnly, startOf, streamsOf } from './open.ts'
import { OutputFile } from './output-file.ts'
import { type Framing, framedIn, scaleTo, secondsOf, uprightFilters } from './plan.ts'
import type { Rational, Source, SourcePicture } from './source.ts'

/** A part of a film, of so many frames when it is shown. */
export interface JoinedClip {
  /** Of the source, seconds. */
  from: number
  speed: number
  /** At most, where it goes on to an end that is not known. */
  frames: number
  isOpen?: boolean
}

export interface JoinTask {
  do: 'join'
  source: Source
  picture: SourcePicture
  clips: readonly JoinedClip[]
  rate: Rational
  size: Size
  /** It stands in a frame of that size. */
  framing?: Framing | undefined
  to: string
  threads: number
}

/** It is encoded once more, so nothing may be seen of this. */
const QUALITY = { preset: 'ultrafast', crf: 14 } as const
const SOUND_RATE = 48_000
const SOUND_BIT_RATE = 256_000
/** Decoded before the clip that is wanted, seconds: a file may place its key frames wrongly. */
const RUN_UP = 1
const CONTAINER = 'mov'

/** Parts of a film one after the other, upright, each as fast as it is to be. One clip is decoded at a time. */
export async function join(task: JoinTask, tick: () => void): Promise<void> {
  const [picture, sound] = [`${task.to}.picture.mp4`, `${task.to}.sound.mp4`]
  const pictures = await Encoder.create(FF_ENCODER_LIBX264, {
    threadCount: task.threads,
    options: QUALITY as never,
  })
  await write(pictures, picturesOf(task, tick), picture)
  const sounds = await Encoder.create(FF_ENCODER_AAC, { bitrate: SOUND_BIT_RATE })
  const hasSound = await write(sounds, soundsOf(task, tick), sound)
  const heard = hasSound ? ({ path: sound, container: CONTAINER } as const) : undefined
  await assemble(
    { do: 'assemble', picture: { path: picture, container: CONTAINER }, sound: heard, to: task.to },
    tick,
  )
  await Promise.all([picture, sound].map((path) => rm(path, { force: true })))
}

/** False where there was nothing to encode. */
async function write(encoder: Encoder, frames: AsyncIterable<Frame | null>, to: string): Promise<boolean> {
  using open = encoder
  open.setCodecFlags(AV_CODEC_FLAG_GLOBAL_HEADER)
  let file: OutputFile | undefined
  for await (const packet of open.packets(frames)) {
    if (!packet) continue
    // What an encoder of sound puts in front to begin with is no part of it.
    if (packet.pts >= 0n) {
      file ??= begin(open, to)
      await file.write(packet, 0)
    }
    packet.free()
  }
  await file?.end()
  return file !== undefined
}

function begin(encoder: Encoder, to: string): OutputFile {
  const context = encoder.getCodecContext()
  if (!context) throw new Error('nothing encoded')
  const file = new OutputFile(to, { fflags: '+bitexact' })
  file.stream(file.addEncoded(context)).codecpar.initialPadding = 0
  return file
}

async function* picturesOf(task: JoinTask, tick: () => void): AsyncGenerator<Frame | null> {
  let shown = 0
  for (const clip of task.clips) {
    const last = shown + clip.frames
    for await (const frame of decoded(task, 'picture', clip, pictureFilters(task, clip))) {
      tick()
      frame.pts = BigInt(shown++)
      yield frame
      if (shown === last) break
    }
    // It ended before: what follows stays where it is heard.
    shown = last
  }
  yield null
}

async function* soundsOf(task: JoinTask, tick: () => void): AsyncGenerator<Frame | null> {
  let heard = 0
  let frames = 0
  for (const clip of task.clips) {
    frames += clip.frames
    const samples = Math.round(secondsOf(frames, task.rate) * SOUND_RATE) - heard
    let left = samples
    for await (const frame of decoded(task, 'sound', clip, soundFilters(clip, samples, task.rate))) {
      tick()
      frame.pts = BigInt(heard + samples - left)
      left -= frame.nbSamples
      yield frame
    }
    heard += samples
  }
  yield null
}

/** What is at this place of the source, by its own clock. */
type Filters = (start: number) => string

const pictureFilters =
  ({ picture, rate, size, framing }: JoinTask, { from, speed, isOpen }: JoinedClip): Filters =>
  (start) =>
    [
      `setpts=(PTS-(${start + from})/TB)/${speed}`,
      `fps=${rate.num}/${rate.den}:start_time=0`,
      ...uprightFilters(picture),
      framing ? framedIn(size, picture, rate, framing) : scaleTo(size),
      // A still for what is missing at its end.
      ...(isOpen ? [] : ['tpad=stop_mode=clone:stop_duration=1']),
    ].join(',')

const soundFilters =
  ({ from, speed, frames, isOpen }: JoinedClip, samples: number, rate: Rational): Filters =>
  (start) =>
    [
      `asetpts=PTS-(${start + from})/TB`,
      `aresample=${SOUND_RATE}:async=1:first_pts=0`,
      `atrim=end=${secondsOf(frames, rate) * speed}`,
      // As fast, and not higher.
      `atempo=${speed}`,
      ...(isOpen ? [] : [`apad=whole_len=${samples}`]),
      `atrim=end_sample=${samples}`,
      `aformat=sample_fmts=fltp:sample_rates=${SOUND_RATE}:channel_layouts=stereo`,
    ].join(',')

async function* decoded(
  { source, threads, rate }: JoinTask,
  which: 'picture' | 'sound',
  { from, frames, speed }: JoinedClip,
  filters: Filters,
): AsyncGenerator<Frame> {
  await using demuxer = await openSource(source)
  const stream = streamsOf(demuxer)[which]
  if (!stream) return
  readOnly(demuxer, stream)
  const start = Math.max(0, startOf(demuxer))
  if (from > RUN_UP) await demuxer.seek(start + from - RUN_UP, ANY_STREAM, AVSEEK_FLAG_BACKWARD)
  using decoder = await Decoder.create(stream, { exitOnError: false, threadCount: threads })
  using filter = FilterAPI.create(filters(start))
  const end = start + from + secondsOf(frames, rate) * speed
  try {
    for await (const frame of filter.frames(until(decoder.frames(demuxer.packets(stream.index)), end)))
      if (frame) yield frame
  } catch (error) {
    // It has all that it wanted.
    if (!(error instanceof FFmpegError && error.isEOF)) throw error
  }
}

async function* until(frames: AsyncIterable<Frame | null>, end: number): AsyncGenerator<Frame | null> {
  for await (const frame of frames) {
    const { num, den } = frame?.timeBase ?? { num: 0, den: 1 }
    if (frame && (Number(frame.pts) * num) / den > end) {
      frame.free()
      break
    }
    yield frame
  }
  yield null
}
