import { Decoder, type Demuxer, Encoder, FilterAPI, type Frame, type Packet } from 'node-av'
import { AV_CODEC_FLAG_GLOBAL_HEADER, AVSEEK_FLAG_BACKWARD, FF_ENCODER_AAC } from 'node-av/constants'
import { ANY_STREAM, openSource, readOnly, startOf, streamsOf } from './open.ts'
import { OutputFile } from './output-file.ts'
import type { Part } from './plan.ts'
import type { Source } from './source.ts'

export interface SoundTask {
  do: 'sound'
  source: Source
  part: Part
  to: string
  /** Fragments for players that fetch by pieces, or one file that is played as it comes. */
  layout: 'fragments' | 'file'
  channels: 1 | 2
  /** Bits a second. */
  bitRate: number
  /** Bars that show how loud it is when; 0: none. */
  bars: number
}

export interface Sound {
  seconds: number
  /** 0…100 */
  waveform: number[]
}

/** LUFS: what players of films and of music agree on. */
const LOUDNESS = -16
/** Decibels that a sound is raised at most: what is nearly silent is meant to be, or is noise. */
const GAIN_MAX = 20
/** Of full scale: what a lossy encoder overshoots stays below it. */
const PEAK = 0.84
const RATE = 48_000
/** As EBU R 128 measures it: silence is below. */
const SILENCE = -70
/** Samples behind one measure of the loudness over time. */
const GRAIN = 480

/** Two passes over the sound alone: how loud it is, then as loud as it should be. Undefined where there is nothing to hear. */
export async function encodeSound(task: SoundTask, tick: () => void): Promise<Sound | undefined> {
  const measured = await measure(task, tick)
  if (!measured || measured.samples === 0) return undefined
  const gain =
    measured.loudness <= SILENCE ? 0 : Math.min(GAIN_MAX, Math.max(-GAIN_MAX, LOUDNESS - measured.loudness))
  await write(task, gain, tick)
  return { seconds: measured.samples / RATE, waveform: barsOf(measured.peaks, task.bars) }
}

/** From the beginning of the part that is kept, silence where the sound begins later than the picture, as much as is kept. */
function timed(demuxer: Demuxer, { from, seconds }: Part): string {
  const start = Math.max(0, startOf(demuxer)) + from
  return `asetpts=PTS-(${start})/TB,aresample=${RATE}:async=1:first_pts=0,atrim=end=${seconds}`
}

async function* decoded(task: SoundTask, filters: string, tick: () => void): AsyncGenerator<Frame> {
  await using demuxer = await openSource(task.source)
  const stream = streamsOf(demuxer).sound
  if (!stream) return
  readOnly(demuxer, stream)
  if (task.part.from > 1)
    await demuxer.seek(Math.max(0, startOf(demuxer)) + task.part.from - 1, ANY_STREAM, AVSEEK_FLAG_BACKWARD)
  using decoder = await Decoder.create(stream, { exitOnError: false })
  using filter = FilterAPI.create(`${timed(demuxer, task.part)},${filters}`)
  const end = Math.max(0, startOf(demuxer)) + task.part.from + task.part.seconds
  for await (const frame of filter.frames(untilEnd(decoder.frames(demuxer.packets(stream.index)), end))) {
    tick()
    if (frame) yield frame
  }
}

const ratio = ({ num, den }: { num: number; den: number }): number => num / den

async function* untilEnd(frames: AsyncIterable<Frame | null>, end: number): AsyncGenerator<Frame | null> {
  for await (const frame of frames) {
    if (frame && Number(frame.pts) * ratio(frame.timeBase) > end) {
      frame.free()
      break
    }
    yield frame
  }
  yield null
}

async function measure(task: SoundTask, tick: () => void) {
  let loudness = SILENCE
  let samples = 0
  const peaks: number[] = []
  let [peak, held] = [0, 0]
  const filters = `ebur128=metadata=1,aformat=sample_fmts=fltp:channel_layouts=mono`
  for await (const frame of decoded(task, filters, tick)) {
    loudness = Number(frame.getMetadata().get('lavfi.r128.I') ?? loudness)
    const [data] = frame.data ?? []
    if (data && task.bars > 0)
      for (let at = 0; at < frame.nbSamples; at++) {
        peak = Math.max(peak, Math.abs(data.readFloatLE(at * 4)))
        held += 1
        if (held < GRAIN) continue
        peaks.push(peak)
        peak = 0
        held = 0
      }
    samples += frame.nbSamples
    frame.free()
  }
  if (held > 0) peaks.push(peak)
  return { loudness, samples, peaks }
}

async function write(task: SoundTask, gain: number, tick: () => void): Promise<void> {
  const layout = task.channels === 1 ? 'mono' : 'stereo'
  const filters = [
    `aformat=sample_fmts=fltp:channel_layouts=${layout}`,
    `volume=${gain.toFixed(2)}dB`,
    `alimiter=limit=${PEAK}:level=disabled:attack=2:release=50`,
    `aformat=sample_fmts=fltp:sample_rates=${RATE}:channel_layouts=${layout}`,
  ].join(',')
  using encoder = await Encoder.create(FF_ENCODER_AAC, { bitrate: task.bitRate })
  encoder.setCodecFlags(AV_CODEC_FLAG_GLOBAL_HEADER)
  let file: OutputFile | undefined
  const take = async (packet: Packet | null) => {
    if (!packet) return
    // What an encoder puts in front to begin with is no part of the sound: with it, all would come 21 ms late.
    if (packet.pts >= 0n) {
      file ??= begin(task, encoder)
      await file.write(packet, 0)
    }
    packet.free()
  }
  for await (const packet of encoder.packets(decoded(task, filters, tick))) await take(packet)
  for await (const packet of encoder.flushPackets()) await take(packet)
  if (!file) throw new Error('no sound encoded')
  await file.end()
}

function begin(task: SoundTask, encoder: Encoder): OutputFile {
  const context = encoder.getCodecContext()
  if (!context) throw new Error('no sound encoded')
  const fragments = {
    movflags: 'cmaf+empty_moov+skip_trailer',
    frag_duration: '2000000',
    fflags: '+bitexact',
  }
  const whole = { movflags: '+faststart', fflags: '+bitexact' }
  const file = new OutputFile(task.to, task.layout === 'fragments' ? fragments : whole)
  file.stream(file.addEncoded(context)).codecpar.initialPadding = 0
  return file
}

/** The loudest moment of each of so many equal parts; the loudest of all is 100. */
export function barsOf(peaks: readonly number[], count: number): number[] {
  if (count === 0 || peaks.length === 0) return []
  const top = Math.max(...peaks, 1e-4)
  return Array.from({ length: count }, (_, bar) => {
    const [from, to] = [bar, bar + 1].map((edge) => Math.floor((edge * peaks.length) / count))
    const loudest = Math.max(0, ...peaks.slice(from, Math.max((from ?? 0) + 1, to ?? 0)))
    return Math.round(100 * Math.sqrt(loudest / top))
  })
}
