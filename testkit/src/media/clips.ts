import { Decoder, Demuxer, Encoder, FilterAPI, Muxer, type Packet } from 'node-av'
import { AV_LOG_FATAL, AV_PKT_DATA_DISPLAYMATRIX } from 'node-av/constants'
import { Dictionary, Log } from 'node-av/lib'

Log.setLevel(AV_LOG_FATAL)

export interface Clip {
  /** FFmpeg's names. */
  format?: string
  encoder?: string
  sound?: string | null
  /** What is filmed: a source of pictures for `lavfi`. */
  film?: string
  /** Changes it, also its pace. */
  filter?: string
  soundFilter?: string
  tone?: string
  seconds?: number
  options?: Record<string, string | number>
  movflags?: string
  /** Nine numbers, as the container stores them. */
  matrix?: readonly number[]
  metadata?: Record<string, string>
}

const ONE = 65_536
/** Turned clockwise by so many degrees to be upright. */
export const turned: Record<string, number[]> = {
  '90': [0, ONE, 0, -ONE, 0, 0, 0, 0, 1 << 30],
  '180': [-ONE, 0, 0, 0, -ONE, 0, 0, 0, 1 << 30],
  '270': [0, -ONE, 0, ONE, 0, 0, 0, 0, 1 << 30],
  mirrored: [-ONE, 0, 0, 0, ONE, 0, 0, 0, 1 << 30],
}

/** Left half red with a white corner on top, right half blue: shows turning, mirroring and colours. */
export const quarters = (width: number, height: number, rate = 30): string =>
  `color=red:size=${width}x${height}:rate=${rate},drawbox=x=iw/2:w=iw/2:h=ih:color=blue:t=fill,drawbox=w=iw/4:h=ih/4:color=white:t=fill`

/** Makes a small file of any kind, as phones and cameras do. */
export async function makeClip(to: string, clip: Clip = {}): Promise<void> {
  const { seconds = 1, film = quarters(320, 240), tone = 'sine=frequency=440:sample_rate=48000' } = clip
  const pictures = await Demuxer.open(`${film},trim=duration=${seconds}`, { format: 'lavfi' })
  const tones =
    clip.sound === null
      ? undefined
      : await Demuxer.open(`${tone},atrim=duration=${seconds}`, { format: 'lavfi' })
  const muxer = await Muxer.open(to, {
    format: clip.format ?? 'mp4',
    // However far one line is ahead of the other, what is written is in the order of time.
    options: { max_interleave_delta: '0', ...(clip.movflags && { movflags: clip.movflags }) },
  })
  const lines = [
    await lineOf(pictures, muxer, clip.encoder ?? 'libx264', clip.filter ?? 'format=yuv420p', clip.options),
    ...(tones
      ? [
          await lineOf(
            tones,
            muxer,
            clip.sound ?? 'aac',
            clip.soundFilter ?? 'aformat=channel_layouts=stereo:sample_fmts=fltp',
          ),
        ]
      : []),
  ]
  if (clip.metadata) muxer.getFormatContext().metadata = Dictionary.fromObject(clip.metadata)
  const matrix = clip.matrix
  await Promise.all(lines.map((write, at) => write(at === 0 ? matrix : undefined)))
  await muxer.close()
  await pictures.close()
  await tones?.close()
}

async function lineOf(demuxer: Demuxer, muxer: Muxer, codec: string, filtering: string, options = {}) {
  const stream = demuxer.streams[0]
  if (!stream) throw new Error('nothing filmed')
  const decoder = await Decoder.create(stream)
  const filter = FilterAPI.create(filtering)
  const encoder = await Encoder.create(codec as never, {
    autoResample: true,
    filter,
    decoder,
    options: options as never,
  })
  const index = muxer.addStream(encoder)
  return async (matrix: readonly number[] | undefined) => {
    let isFirst = true
    for await (const packet of encoder.packets(
      filter.frames(decoder.frames(demuxer.packets(stream.index))),
    )) {
      if (isFirst && matrix) addMatrix(packet, matrix, muxer, index)
      isFirst = false
      await muxer.writePacket(packet, index)
      packet?.free()
    }
  }
}

function addMatrix(_packet: Packet | null, matrix: readonly number[], muxer: Muxer, index: number): void {
  const bytes = Buffer.alloc(36)
  for (const [at, value] of matrix.entries()) bytes.writeInt32LE(value, at * 4)
  muxer.getStream(index)?.codecpar.addCodedSideData(AV_PKT_DATA_DISPLAYMATRIX, bytes)
}

export interface Still {
  width: number
  height: number
  /** `#rrggbb` at fractions of width and height. */
  at(x: number, y: number): string
}

/** The frame of a film that is shown at this moment, in colours of the screen. */
export async function frameOf(path: string, seconds = 0): Promise<Still> {
  const demuxer = await Demuxer.open(path)
  const stream = demuxer.video()
  if (!stream) throw new Error('nothing to see')
  const decoder = await Decoder.create(stream)
  const filter = FilterAPI.create('scale=in_color_matrix=bt709,format=rgb24')
  for await (const frame of filter.frames(decoder.frames(demuxer.packets(stream.index)))) {
    if (!frame || (Number(frame.pts) * frame.timeBase.num) / frame.timeBase.den < seconds - 0.02) continue
    const { width, height } = frame
    const bytes = Buffer.from(frame.data?.[0] ?? [])
    const stride = frame.linesize[0] ?? 0
    await demuxer.close()
    const at = (x: number, y: number) => {
      const place = Math.floor(y * height) * stride + Math.floor(x * width) * 3
      return `#${bytes.toString('hex', place, place + 3)}`
    }
    return { width, height, at }
  }
  throw new Error(`no frame at ${seconds} s`)
}

/** What a file says of itself, and how long its picture and its sound last when they are decoded, in seconds. */
export async function describeFilm(path: string) {
  const demuxer = await Demuxer.open(path)
  const [picture, sound] = [demuxer.video(), demuxer.audio()]
  const lengths = { picture: 0, sound: 0 }
  for await (const packet of demuxer.packets()) {
    if (!packet) continue
    const line = packet.streamIndex === picture?.index ? 'picture' : 'sound'
    const end = (Number(packet.pts + packet.duration) * packet.timeBase.num) / packet.timeBase.den
    lengths[line] = Math.max(lengths[line], end)
    packet.free()
  }
  const said = {
    ...lengths,
    width: picture?.codecpar.width,
    height: picture?.codecpar.height,
    channels: sound?.codecpar.channels,
    metadata: demuxer.metadata,
  }
  await demuxer.close()
  return said
}
