import {
  Decoder,
  Demuxer,
  Encoder,
  FilterAPI,
  FilterComplexAPI,
  type Frame,
  Muxer,
  type Packet,
} from 'node-av'
import { AV_LOG_ERROR, AVMEDIA_TYPE_VIDEO, FF_ENCODER_AAC, FF_ENCODER_LIBX264 } from 'node-av/constants'
import { Log } from 'node-av/lib'

Log.setLevel(AV_LOG_ERROR)

const ladderRungs = [
  [240, 400_000],
  [480, 1_200_000],
  [720, 2_800_000],
  [1080, 5_000_000],
] as const
type Rungs = readonly (typeof ladderRungs)[number][]

export interface RawTask {
  path: string
  folder: string
  threads: number
  /** Of the clip, pixels. Nothing is made larger. */
  height: number
  /** Of the clip, pictures a second. */
  rate: number
}

/** What is left when everything but FFmpeg's own work is taken away: one decode, all sizes and their sound, as its HLS muxer writes them. */
process.once('message', async (task: RawTask) => {
  const started = performance.now()
  await ladder(task)
  process.send?.(performance.now() - started)
})
process.send?.('ready')

async function ladder({ path, folder, threads, height, rate }: RawTask): Promise<void> {
  const rungs = ladderRungs.filter(([edge]) => edge <= height)
  await using input = await Demuxer.open(path)
  const [picture, sound] = [input.video(), input.audio()]
  if (!picture || !sound) throw new Error('a clip without picture or sound')
  using graph = graphOf(rungs, rate, threads)
  const encoders = await Promise.all(rungs.map(([, bits]) => encoderOf(bits, graph, threads)))
  await using output = await openOutput(folder, rungs.length)
  const made = { graph, rungs, encoders, output }
  const places = encoders.map((encoder) => output.addStream(encoder))
  using speech = await Decoder.create(sound)
  using stereo = FilterAPI.create('aresample=48000,aformat=sample_fmts=fltp:channel_layouts=stereo')
  using aac = await Encoder.create(FF_ENCODER_AAC, { filter: stereo, decoder: speech, bitrate: 128_000 })
  const heard = output.addStream(aac)
  const pictures = async () => {
    using decoder = await Decoder.create(picture, { threadCount: threads })
    for await (const frame of decoder.frames(input.packets(picture.index))) {
      if (!frame) continue
      await graph.process('in', frame)
      frame.free()
      await drain(made, places)
    }
    await graph.flush()
    await drain(made, places)
    for (const [at, encoder] of encoders.entries()) {
      await encoder.flush()
      await write(encoder, output, places[at] ?? 0)
    }
  }
  const sounds = async () => {
    for await (const packet of aac.packets(stereo.frames(speech.frames(input.packets(sound.index))))) {
      await output.writePacket(packet, heard)
      packet?.free()
    }
  }
  await Promise.all([pictures(), sounds()])
}

function graphOf(rungs: Rungs, rate: number, threads: number): FilterComplexAPI {
  const ends = rungs.map(([edge]) => `[s${edge}]`).join('')
  const scaled = rungs.map(([edge]) => `[s${edge}]scale=-2:${edge}:flags=bicubic[v${edge}]`)
  return FilterComplexAPI.create(
    [`[in]fps=${rate},format=yuv420p,split=${rungs.length}${ends}`, ...scaled].join(';'),
    {
      inputs: [{ label: 'in' }],
      outputs: rungs.map(([edge]) => ({ label: `v${edge}`, mediaType: AVMEDIA_TYPE_VIDEO })),
      threads,
    },
  )
}

function encoderOf(rate: number, filter: FilterComplexAPI, threadCount: number): Promise<Encoder> {
  const fixed = { preset: 'veryfast', crf: 23, profile: 'high' }
  const options = { ...fixed, 'x264-params': 'scenecut=0:keyint=60:min-keyint=60' } as never
  const limits = { gopSize: 60, maxRate: rate, bufSize: rate * 2 }
  return Encoder.create(FF_ENCODER_LIBX264, { filter, threadCount, ...limits, options })
}

const openOutput = (folder: string, sizes: number): Promise<Muxer> =>
  Muxer.open(`${folder}/v%v.m3u8`, {
    format: 'hls',
    options: {
      hls_time: 2,
      hls_playlist_type: 'vod',
      hls_segment_type: 'fmp4',
      hls_flags: 'single_file+independent_segments',
      master_pl_name: 'master.m3u8',
      hls_segment_filename: `${folder}/v%v.mp4`,
      var_stream_map: `a:0,agroup:sound ${Array.from({ length: sizes }, (_, at) => `v:${at},agroup:sound`).join(' ')}`,
    } as never,
  })

async function write(encoder: Encoder, output: Muxer, place: number): Promise<void> {
  for (let packet = await encoder.receive(); is<Packet>(packet); packet = await encoder.receive()) {
    await output.writePacket(packet, place)
    packet.free()
  }
}

interface Made {
  graph: FilterComplexAPI
  rungs: Rungs
  encoders: readonly Encoder[]
  output: Muxer
}

async function drain({ graph, rungs, encoders, output }: Made, places: readonly number[]): Promise<void> {
  const taken = rungs.map((): Frame[] => [])
  for (const [at, [edge]] of rungs.entries())
    for (
      let frame = await graph.receive(`v${edge}`);
      is<Frame>(frame);
      frame = await graph.receive(`v${edge}`)
    )
      taken[at]?.push(frame)
  await Promise.all(
    encoders.map(async (encoder, at) => {
      for (const frame of taken[at] ?? []) {
        await encoder.encode(frame)
        frame.free()
        await write(encoder, output, places[at] ?? 0)
      }
    }),
  )
}

const is = <T extends object>(found: unknown): found is T => typeof found === 'object' && found !== null
