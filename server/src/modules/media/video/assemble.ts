import type { Demuxer, Packet, Stream } from 'node-av'
import { AV_PKT_FLAG_DISCARD } from 'node-av/constants'
import { openSource, readOnly, startOf, streamsOf } from './open.ts'
import { OutputFile } from './output-file.ts'
import type { Source } from './source.ts'

export interface AssembleTask {
  do: 'assemble'
  picture: Source
  sound: Source | undefined
  to: string
}

/**
 * Puts a picture and a sound, as they are encoded, into one file that is played as it comes, without anything their files say of where
 * and with what they were made. Answers the seconds it lasts; undefined where the picture cannot be taken as it is.
 */
export async function assemble(
  { picture, sound, to }: AssembleTask,
  tick: () => void,
): Promise<number | undefined> {
  await using pictures = await openSource(picture)
  await using sounds = sound && (await openSource(sound))
  const shown = streamsOf(pictures).picture
  const heard = sounds && streamsOf(sounds).sound
  if (!shown) return undefined
  readOnly(pictures, shown)
  const file = new OutputFile(to, { movflags: '+faststart', fflags: '+bitexact' })
  const lines = [
    new Line(pictures, shown, file.addCopied(shown)),
    ...(sounds && heard ? [new Line(sounds, heard, file.addCopied(heard))] : []),
  ]
  for (const line of lines) await line.next()
  while (lines.some((line) => line.packet)) {
    const line = lines.filter((one) => one.packet).reduce((a, b) => (b.time < a.time ? b : a))
    tick()
    if (!(await line.writeTo(file))) {
      await file.close()
      return undefined
    }
  }
  await file.end()
  return Math.max(...lines.map((line) => line.end))
}

/** The packets of one stream, one at a time. */
class Line {
  packet: Packet | undefined
  /** Seconds at which the last one that was written ends. */
  end = 0
  readonly #packets: AsyncGenerator<Packet | null>
  readonly #number: number
  readonly #tick: number
  readonly #start: bigint

  constructor(demuxer: Demuxer, stream: Stream, number: number) {
    this.#packets = demuxer.packets(stream.index)
    this.#number = number
    this.#tick = stream.timeBase.num / stream.timeBase.den
    this.#start = BigInt(Math.round(Math.max(0, startOf(demuxer)) / this.#tick))
  }

  get time(): number {
    return Number(this.packet?.dts ?? 0n) * this.#tick
  }

  async next(): Promise<void> {
    const { value } = await this.#packets.next()
    this.packet = value ?? undefined
  }

  /** False where it holds what an edit of its file leaves out: then it has to be encoded anew. */
  async writeTo(file: OutputFile): Promise<boolean> {
    const { packet } = this
    if (!packet || packet.flags & AV_PKT_FLAG_DISCARD || packet.pts - this.#start < 0n) return false
    packet.pts -= this.#start
    packet.dts -= this.#start
    this.end = Math.max(this.end, Number(packet.pts + packet.duration) * this.#tick)
    await file.write(packet, this.#number)
    packet.free()
    await this.next()
    return true
  }
}
