import type { EncodedPacket, InputTrack } from 'mediabunny'
import type { Clip, Place } from './take.ts'

export interface Joined {
  file: File
  places: Place[]
}

/** Several recordings that are not alike: a phone was turned in between. */
export class NotAlike extends Error {}

/** Puts what was recorded into one file, one after the other, without encoding anything anew: the server cuts it. */
export async function joinClips(clips: readonly Clip[]): Promise<Joined> {
  const bunny = await import('mediabunny')
  const places: Place[] = []
  const found: { packet: EncodedPacket; kind: 'video' | 'audio' }[] = []
  let offset = 0
  let first: Described | undefined
  for (const { blob } of clips) {
    const input = new bunny.Input({ formats: bunny.ALL_FORMATS, source: new bunny.BlobSource(blob) })
    const tracks = { video: await input.getPrimaryVideoTrack(), audio: await input.getPrimaryAudioTrack() }
    const own = await describe(tracks.video, tracks.audio)
    first ??= own
    if (own.key !== first.key) throw new NotAlike()
    const ends = { video: 0, audio: 0 }
    for (const kind of ['video', 'audio'] as const) {
      const track = tracks[kind]
      if (!track) continue
      const begin = await input.getFirstTimestamp()
      for await (const packet of new bunny.EncodedPacketSink(track).packets()) {
        const timestamp = Math.max(0, packet.timestamp - begin)
        ends[kind] = Math.max(ends[kind], timestamp + packet.duration)
        found.push({ kind, packet: packet.clone({ timestamp: offset + timestamp }) })
      }
    }
    places.push({ offset, seconds: ends.video })
    offset += Math.max(ends.video, ends.audio)
  }
  if (!first) throw new Error('nothing recorded')
  const bytes = await written(
    first,
    found.sort((a, b) => a.packet.timestamp - b.packet.timestamp),
  )
  const type = first.isMp4 ? 'video/mp4' : 'video/webm'
  return { file: new File([bytes], first.isMp4 ? 'recording.mp4' : 'recording.webm', { type }), places }
}

interface Described {
  /** Equal where one decoder reads both. */
  key: string
  isMp4: boolean
  video: VideoDecoderConfig
  audio: AudioDecoderConfig | null
  codecs: { video: string; audio: string | null }
}

async function describe(
  video: (InputTrack & { getDecoderConfig(): Promise<VideoDecoderConfig | null> }) | null,
  audio: (InputTrack & { getDecoderConfig(): Promise<AudioDecoderConfig | null> }) | null,
): Promise<Described> {
  const [seen, heard] = [await video?.getDecoderConfig(), await audio?.getDecoderConfig()]
  if (!video?.codec || !seen) throw new Error('no picture')
  const isMp4 = video.codec === 'avc' || video.codec === 'hevc'
  const key = [video.codec, seen.codedWidth, seen.codedHeight, audio?.codec, heard?.sampleRate].join(' ')
  const codecs = { video: video.codec, audio: audio?.codec ?? null }
  return { key, isMp4, video: seen, audio: heard ?? null, codecs }
}

async function written(
  { isMp4, video, audio, codecs }: Described,
  packets: readonly { packet: EncodedPacket; kind: 'video' | 'audio' }[],
): Promise<ArrayBuffer> {
  const bunny = await import('mediabunny')
  const target = new bunny.BufferTarget()
  const format = isMp4 ? new bunny.Mp4OutputFormat() : new bunny.WebMOutputFormat()
  const output = new bunny.Output({ format, target })
  const pictures = new bunny.EncodedVideoPacketSource(codecs.video as never)
  output.addVideoTrack(pictures)
  const sounds = audio && codecs.audio ? new bunny.EncodedAudioPacketSource(codecs.audio as never) : undefined
  if (sounds) output.addAudioTrack(sounds)
  await output.start()
  for (const { packet, kind } of packets) {
    if (kind === 'video') await pictures.add(packet, { decoderConfig: video })
    else if (audio) await sounds?.add(packet, { decoderConfig: audio })
  }
  await output.finalize()
  if (!target.buffer) throw new Error('nothing written')
  return target.buffer
}
