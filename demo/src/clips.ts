import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Decoder, Demuxer, Encoder, FilterAPI, Muxer } from 'node-av'
import { AV_LOG_FATAL } from 'node-av/constants'
import { Log } from 'node-av/lib'
import sharp from 'sharp'

Log.setLevel(AV_LOG_FATAL)

const SECONDS = 5
const RATE = 24
const SIZE = { width: 540, height: 960 }

/** A slow move into a photograph, upright, with a chord of two tones that swells: what the demo has in place of films. */
export async function clipOf(photograph: URL, tone: number): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'tintype-demo-'))
  try {
    const to = join(folder, 'clip.mp4')
    const { width, height } = SIZE
    const still = join(folder, 'still.png')
    await sharp(fileURLToPath(photograph))
      .resize(2 * width, 2 * height, { fit: 'cover', position: 'attention' })
      .toFile(still)
    const move = `zoompan=z='1+0.0012*on':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':d=${SECONDS * RATE}:s=${width}x${height}:fps=${RATE}`
    const swell = `0.5*(1-cos(2*PI*t/${SECONDS}))`
    const chord = `0.12*${swell}*(sin(2*PI*${tone}*t)+0.6*sin(3*PI*${tone}*t))`
    const pictures = await Demuxer.open(`movie=${still},${move}`, { format: 'lavfi' })
    const tones = await Demuxer.open(`aevalsrc='${chord}':s=48000:d=${SECONDS}`, { format: 'lavfi' })
    const muxer = await Muxer.open(to, { format: 'mp4' })
    const lines = [
      await lineOf(pictures, muxer, 'libx264', 'format=yuv420p', { preset: 'veryfast', crf: '24' }),
      await lineOf(tones, muxer, 'aac', 'aformat=channel_layouts=stereo:sample_fmts=fltp', {}),
    ]
    await Promise.all(lines.map((write) => write()))
    await muxer.close()
    await pictures.close()
    await tones.close()
    return await readFile(to)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

type Muxing = Awaited<ReturnType<typeof Muxer.open>>

async function lineOf(
  demuxer: Demuxer,
  muxer: Muxing,
  codec: 'libx264' | 'aac',
  filtering: string,
  options: Record<string, string>,
) {
  const [stream] = demuxer.streams
  if (!stream) throw new Error('nothing to encode')
  const decoder = await Decoder.create(stream)
  const filter = FilterAPI.create(filtering)
  const encoder = await Encoder.create(codec as never, { autoResample: true, filter, decoder, options })
  const index = muxer.addStream(encoder)
  return async () => {
    for await (const packet of encoder.packets(
      filter.frames(decoder.frames(demuxer.packets(stream.index))),
    )) {
      await muxer.writePacket(packet, index)
      packet?.free()
    }
  }
}
