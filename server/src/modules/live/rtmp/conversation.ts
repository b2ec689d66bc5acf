import { randomBytes } from 'node:crypto'
import { type Amf, readAmf, type Written, writeAmf } from './amf.ts'
import { ChunkReader, chunksOf, type Message, TYPE } from './chunks.ts'
import { FLV_HEAD, flvTag } from './flv.ts'

export interface Ends {
  send(bytes: Buffer): void
  /** With what it says it may send. Resolves with a refusal for people, or nothing. */
  publish(key: string): Promise<string | undefined>
  /** Flash Video, from its head on. */
  film(bytes: Buffer): void
}

const VERSION = 3
const HANDSHAKE_BYTES = 1536
/** Commands are a few hundred bytes. */
const MOST_COMMAND = 16 * 1024
/** Pictures of the best that is taken are a tenth of this. */
const MOST_MESSAGE = 4 * 1024 * 1024
const WINDOW_BYTES = 2_500_000
/** How much comes until it is told that it came: less than any window that is used. */
const TOLD_EVERY = 500_000
const STREAM = 1

/**
 * What is said on one connection of RTMP by a program that sends, and answered: handshake (C0 C1, S0 S1 S2, C2), `connect`,
 * `createStream`, `publish`, and then pictures and sounds until either ends it. Throws a RangeError where it is anything else.
 */
export class Conversation {
  readonly #ends: Ends
  readonly #reader = new ChunkReader({ bytes: MOST_COMMAND })
  #held: Buffer = Buffer.alloc(0)
  #shaken: 'nothing' | 'begun' | 'done' = 'nothing'
  #isPublishing = false
  #came = 0
  #told = 0

  constructor(ends: Ends) {
    this.#ends = ends
  }

  get isPublishing(): boolean {
    return this.#isPublishing
  }

  /** That were heard, however little stood in them. */
  get chunks(): number {
    return this.#reader.chunks
  }

  /** False: it has ended it. */
  async hear(bytes: Buffer): Promise<boolean> {
    this.#came += bytes.length
    const rest = this.#shaken === 'done' ? bytes : this.#shake(bytes)
    if (!rest) return true
    for (const message of this.#reader.take(rest)) if (!(await this.#answer(message))) return false
    if (this.#came - this.#told < TOLD_EVERY) return true
    this.#told = this.#came
    this.#control(TYPE.acknowledgement, this.#came % 2 ** 32)
    return true
  }

  /** For whoever sends: it is over, and why. */
  end(reason: string): void {
    this.#status('error', 'NetStream.Publish.Failed', reason)
  }

  /** What came behind the handshake; undefined while that is not done. */
  #shake(bytes: Buffer): Buffer | undefined {
    this.#held = Buffer.concat([this.#held, bytes])
    if (this.#shaken === 'nothing') {
      if (this.#held.length > 0 && this.#held[0] !== VERSION) throw new RangeError('no RTMP')
      if (this.#held.length < 1 + HANDSHAKE_BYTES) return undefined
      const theirs = this.#held.subarray(1, 1 + HANDSHAKE_BYTES)
      const own = Buffer.concat([Buffer.alloc(8), randomBytes(HANDSHAKE_BYTES - 8)])
      this.#ends.send(Buffer.concat([Buffer.from([VERSION]), own, theirs]))
      this.#held = this.#held.subarray(1 + HANDSHAKE_BYTES)
      this.#shaken = 'begun'
    }
    if (this.#held.length < HANDSHAKE_BYTES) return undefined
    const rest = this.#held.subarray(HANDSHAKE_BYTES)
    this.#held = Buffer.alloc(0)
    this.#shaken = 'done'
    return rest
  }

  async #answer(message: Message): Promise<boolean> {
    const { type, body } = message
    const isFilm = type === TYPE.picture || type === TYPE.sound
    if (isFilm && this.#isPublishing && body.length > 0) this.#ends.film(flvTag(message))
    if (type !== TYPE.command && type !== TYPE.commandAmf3) return true
    if (body.length > MOST_COMMAND) throw new RangeError(`a command of ${body.length} bytes`)
    const [name, number, , ...rest] = readAmf(type === TYPE.command ? body : body.subarray(1))
    return this.#command(String(name), typeof number === 'number' ? number : 0, rest)
  }

  async #command(name: string, number: number, rest: readonly Amf[]): Promise<boolean> {
    if (name === 'connect') {
      this.#control(TYPE.windowSize, WINDOW_BYTES)
      this.#control(TYPE.bandwidth, WINDOW_BYTES, 2)
      const told = { level: 'status', code: 'NetConnection.Connect.Success', description: 'Connected.' }
      this.#say('_result', number, { fmsVer: 'FMS/3,0,1,123', capabilities: 31 }, told)
    } else if (name === 'createStream') this.#say('_result', number, null, STREAM)
    else if (name === 'publish') return this.#publish(rest[0])
    // What some programs ask for, and wait to be answered.
    else if (name === 'releaseStream' || name === 'FCPublish' || name === '_checkbw')
      this.#say('_result', number, null, null)
    else if (name === 'play') throw new RangeError('nothing is played here')
    return !(name === 'deleteStream' || name === 'FCUnpublish' || name === 'closeStream')
  }

  async #publish(key: Amf): Promise<boolean> {
    if (this.#isPublishing || typeof key !== 'string') throw new RangeError('published twice, or nothing')
    // Some programs add what they are asked for behind it.
    const refusal = await this.#ends.publish(key.split('?', 1)[0] ?? '')
    if (refusal !== undefined) {
      this.#status('error', 'NetStream.Publish.BadName', refusal)
      return false
    }
    this.#isPublishing = true
    this.#reader.limits = { bytes: MOST_MESSAGE }
    this.#ends.film(FLV_HEAD)
    this.#status('status', 'NetStream.Publish.Start', 'Publishing.')
    return true
  }

  #status(level: string, code: string, description: string): void {
    this.#say('onStatus', 0, null, { level, code, description })
  }

  #say(...values: Written[]): void {
    const isStatus = values[0] === 'onStatus'
    this.#ends.send(
      chunksOf({ type: TYPE.command, stream: isStatus ? STREAM : 0, body: writeAmf(...values) }),
    )
  }

  #control(type: number, value: number, ...more: number[]): void {
    const body = Buffer.alloc(4 + more.length)
    body.writeUInt32BE(value)
    body.set(more, 4)
    this.#ends.send(chunksOf({ type, stream: 0, body }))
  }
}
