import { FFmpegError, type Packet, Rational, type Stream } from 'node-av'
import type { CodecContext } from 'node-av/lib'
import { Dictionary, FormatContext } from 'node-av/lib'

const check = (code: number, what: string): void => FFmpegError.throwIfError(code, what)

/** An MP4 that is being written: its streams are added first, then packets in any order, each with its own clock. */
export class OutputFile {
  readonly #context: FormatContext
  readonly #options: Record<string, string>
  readonly #streams: Stream[] = []
  #isBegun = false

  /** `options`: the muxer's. */
  constructor(path: string, options: Record<string, string>, format = 'mp4') {
    this.#context = new FormatContext()
    this.#options = options
    check(this.#context.allocOutputContext2(null, format, path), 'no such format')
  }

  /** Answers its number. */
  addEncoded(encoder: CodecContext): number {
    const stream = this.#add(encoder.timeBase)
    check(stream.codecpar.fromContext(encoder), 'no parameters')
    stream.avgFrameRate = encoder.framerate
    return stream.index
  }

  /** The same for one that is copied. Nothing of what its file says of it comes along but what decoding needs. */
  addCopied({ codecpar, timeBase, avgFrameRate }: Stream): number {
    const stream = this.#add(timeBase)
    check(codecpar.copy(stream.codecpar), 'no parameters')
    stream.codecpar.codecTag = 0
    stream.avgFrameRate = avgFrameRate
    return stream.index
  }

  #add(timeBase: { num: number; den: number }): Stream {
    const stream = this.#context.newStream()
    stream.timeBase = new Rational(timeBase.num, timeBase.den)
    this.#streams.push(stream)
    return stream
  }

  /** For what is to be set of a stream before the file begins. */
  stream(index: number): Stream {
    const stream = this.#streams[index]
    if (!stream) throw new Error(`no stream ${index}`)
    return stream
  }

  /** Takes what is in the packet. */
  async write(packet: Packet, index: number): Promise<void> {
    if (!this.#isBegun) await this.#begin()
    packet.rescaleTs(packet.timeBase, this.stream(index).timeBase)
    packet.timeBase = this.stream(index).timeBase
    packet.streamIndex = index
    packet.pos = -1n
    check(await this.#context.interleavedWriteFrame(packet), 'not written')
  }

  async #begin(): Promise<void> {
    this.#isBegun = true
    check(await this.#context.openOutput(), 'not opened')
    check(await this.#context.writeHeader(Dictionary.fromObject(this.#options)), 'no header')
  }

  /** Whole from here on. */
  async end(): Promise<void> {
    if (!this.#isBegun) await this.#begin()
    check(await this.#context.writeTrailer(), 'no trailer')
    await this.close()
  }

  async close(): Promise<void> {
    if (this.#isBegun) await this.#context.closeOutput()
    this.#isBegun = false
    this.#context.freeContext()
  }
}
