/** The chunk stream of RTMP (Adobe, 2012, section 5.3): messages in pieces, several of them at once. */
export interface Message {
  type: number
  stream: number
  /** Milliseconds. */
  time: number
  body: Buffer
}

/** What is sent besides pictures and sounds. */
export const TYPE = {
  chunkSize: 1,
  abort: 2,
  acknowledgement: 3,
  windowSize: 5,
  bandwidth: 6,
  sound: 8,
  picture: 9,
  commandAmf3: 17,
  command: 20,
} as const

/** What no encoder does: more is refused before it is held. */
export interface ChunkLimits {
  /** Of one message. */
  bytes: number
}

const HEAD_BYTES = [11, 7, 3, 0] as const
/** What both begin with; nobody asks for smaller ones, each of which is work. */
const FIRST_SIZE = 128
const LARGEST_SIZE = 0xffffff
const MOST_LINES = 16
/** In its place stands a longer time behind the head. */
const EXTENDED = 0xffffff

interface Line {
  type: number
  stream: number
  time: number
  step: number
  length: number
  hasExtended: boolean
  /** The message under way, and how much of it has come. */
  body: Buffer
  held: number
}

const NOTHING = Buffer.alloc(0)

/** Makes messages of what comes. Throws a RangeError where it is no RTMP, or more than it may be. */
export class ChunkReader {
  /** May be set anew: a source that has said whose it is may send larger ones. */
  limits: ChunkLimits
  /** That have begun. */
  chunks = 0
  readonly #lines = new Map<number, Line>()
  /** What is not read yet: less than a head, once `take` has ended. */
  #held: Buffer = NOTHING
  /** The chunk under way, and how much of it is to come. */
  #open: { line: Line; left: number } | undefined
  #size = FIRST_SIZE
  /** Bytes of messages that are not whole, as they will be. */
  #waiting = 0

  constructor(limits: ChunkLimits) {
    this.limits = limits
  }

  /** As they become whole, so that what one says is heard before the next is read. */
  *take(bytes: Buffer): Iterable<Message> {
    this.#held = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes])
    for (;;) {
      const message = this.#next()
      if (message === 'more') return
      if (message) yield message
    }
  }

  /** What there is of one chunk: undefined where its message is not whole. */
  #next(): Message | undefined | 'more' {
    this.#open ??= this.#begun()
    if (!this.#open) return 'more'
    const { line, left } = this.#open
    const some = this.#held.subarray(0, left)
    // Where it is to stay: what comes byte by byte is moved once.
    some.copy(line.body, line.held)
    line.held += some.length
    this.#held = this.#held.subarray(some.length)
    this.#open.left -= some.length
    if (this.#open.left > 0) return 'more'
    this.#open = undefined
    if (line.held < line.length) return undefined
    const { type, stream, time, body } = line
    this.#drop(line)
    return this.#heeded({ type, stream, time, body })
  }

  #begun(): { line: Line; left: number } | undefined {
    const head = this.#head()
    if (!head) return undefined
    const { line, at, isNew, fields } = head
    if (isNew) {
      this.#waiting += fields.length
      if (this.#waiting > 2 * this.limits.bytes) throw new RangeError('too much that is not whole')
      Object.assign(line, fields, { body: Buffer.allocUnsafe(fields.length), held: 0 })
    }
    this.chunks += 1
    this.#held = this.#held.subarray(at)
    return { line, left: Math.min(this.#size, line.length - line.held) }
  }

  /** What a chunk begins with; undefined where more has to come. Changes nothing. */
  #head() {
    const held = this.#held
    if (held.length < 3) return undefined
    const first = held.readUInt8(0)
    const short = first & 0x3f
    const idBytes = short === 0 ? 2 : short === 1 ? 3 : 1
    const id = short === 0 ? 64 + held.readUInt8(1) : short === 1 ? 64 + held.readUInt16LE(1) : short
    const kind = (first >> 6) as 0 | 1 | 2 | 3
    const length = HEAD_BYTES[kind]
    // The longest head with its longer time.
    if (held.length < idBytes + length) return undefined
    const line = this.#line(id, kind)
    const isNew = line.held === 0
    if (!isNew && kind !== 3) throw new RangeError('a message within a message')
    const told = kind === 3 ? undefined : held.readUIntBE(idBytes, 3)
    const hasExtended = kind === 3 ? line.hasExtended : told === EXTENDED
    let at = idBytes + length
    if (hasExtended && held.length < at + 4) return undefined
    const time = hasExtended ? held.readUInt32BE(at) : told
    if (hasExtended) at += 4
    const fields = {
      hasExtended,
      step: kind === 0 ? 0 : kind === 3 ? line.step : (time ?? 0),
      time: 0,
      length: kind < 2 ? held.readUIntBE(idBytes + 3, 3) : line.length,
      type: kind < 2 ? held.readUInt8(idBytes + 6) : line.type,
      stream: kind === 0 ? held.readUInt32LE(idBytes + 7) : line.stream,
    }
    fields.time = kind === 0 ? (time ?? 0) : (line.time + fields.step) >>> 0
    if (fields.length > this.limits.bytes) throw new RangeError(`a message of ${fields.length} bytes`)
    return { line, at, isNew, fields }
  }

  #line(id: number, kind: number): Line {
    const known = this.#lines.get(id)
    if (known) return known
    if (kind !== 0 && kind !== 1) throw new RangeError('a line that never began')
    if (this.#lines.size >= MOST_LINES) throw new RangeError('too many lines')
    const line = {
      type: 0,
      stream: 0,
      time: 0,
      step: 0,
      length: 0,
      hasExtended: false,
      body: NOTHING,
      held: 0,
    }
    this.#lines.set(id, line)
    return line
  }

  /** What is said of the chunks themselves is heard here. */
  #heeded(message: Message): Message | undefined {
    const { type, body } = message
    if (type === TYPE.chunkSize) {
      const size = body.readUInt32BE(0)
      if (size < FIRST_SIZE || size > LARGEST_SIZE) throw new RangeError(`chunks of ${size} bytes`)
      this.#size = size
      return undefined
    }
    if (type === TYPE.abort) {
      const line = this.#lines.get(body.readUInt32BE(0))
      if (line) this.#drop(line)
      return undefined
    }
    return message
  }

  #drop(line: Line): void {
    this.#waiting -= line.body.length
    line.body = NOTHING
    line.held = 0
  }
}

/** Of what a server says, in chunks of the size that both begin with. */
const CONTROL_LINE = 2
const COMMAND_LINE = 3

export function chunksOf({ type, stream, body }: Omit<Message, 'time'>): Buffer {
  const line = type === TYPE.command ? COMMAND_LINE : CONTROL_LINE
  const head = Buffer.alloc(12)
  head.writeUInt8(line, 0)
  head.writeUIntBE(body.length, 4, 3)
  head.writeUInt8(type, 7)
  head.writeUInt32LE(stream, 8)
  const out = [head, body.subarray(0, FIRST_SIZE)]
  for (let at = FIRST_SIZE; at < body.length; at += FIRST_SIZE)
    out.push(Buffer.from([0xc0 | line]), body.subarray(at, at + FIRST_SIZE))
  return Buffer.concat(out)
}
