/** AMF0 (Action Message Format), as far as commands of RTMP use it. What is not known is refused. */
export type Amf = number | boolean | string | null | undefined | Amf[] | { [name: string]: Amf }

const DEEPEST = 4
const MOST_ENTRIES = 100
const OBJECT_END = 9

class Reader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length
  }

  /** Reading beyond the end throws, as Buffer does. */
  value(depth = 0): Amf {
    if (depth > DEEPEST) throw new RangeError('nested too deep')
    const kind = this.#bytes.readUInt8(this.#at++)
    if (kind === 0) return this.#bytes.readDoubleBE(this.#skip(8))
    if (kind === 1) return this.#bytes.readUInt8(this.#skip(1)) !== 0
    if (kind === 2) return this.#text(this.#bytes.readUInt16BE(this.#skip(2)))
    if (kind === 3) return this.#fields(depth)
    if (kind === 5) return null
    if (kind === 6) return undefined
    if (kind === 8) {
      this.#skip(4)
      return this.#fields(depth)
    }
    if (kind === 10) return this.#list(depth)
    if (kind === 12) return this.#text(this.#bytes.readUInt32BE(this.#skip(4)))
    throw new RangeError(`value of kind ${kind}`)
  }

  #skip(count: number): number {
    const from = this.#at
    this.#at += count
    return from
  }

  #text(length: number): string {
    const from = this.#skip(length)
    if (this.#at > this.#bytes.length) throw new RangeError('cut off')
    return this.#bytes.toString('utf8', from, this.#at)
  }

  #fields(depth: number): { [name: string]: Amf } {
    const fields: [string, Amf][] = []
    for (;;) {
      const name = this.#text(this.#bytes.readUInt16BE(this.#skip(2)))
      if (name === '' && this.#bytes.readUInt8(this.#at) === OBJECT_END) break
      fields.push([name, this.value(depth + 1)])
      if (fields.length > MOST_ENTRIES) throw new RangeError('too many fields')
    }
    this.#at += 1
    return Object.fromEntries(fields)
  }

  #list(depth: number): Amf[] {
    const count = this.#bytes.readUInt32BE(this.#skip(4))
    if (count > MOST_ENTRIES) throw new RangeError('too many entries')
    return Array.from({ length: count }, () => this.value(depth + 1))
  }
}

/** All values of a message. Throws a RangeError where it is none. */
export function readAmf(bytes: Buffer): Amf[] {
  const reader = new Reader(bytes)
  const values: Amf[] = []
  while (!reader.isAtEnd) values.push(reader.value())
  return values
}

const textOf = (text: string): Buffer => {
  const bytes = Buffer.from(text)
  const length = Buffer.alloc(2)
  length.writeUInt16BE(bytes.length)
  return Buffer.concat([length, bytes])
}

export type Written = number | boolean | string | null | { [name: string]: string | number }

function written(value: Written): Buffer {
  if (value === null) return Buffer.from([5])
  if (typeof value === 'boolean') return Buffer.from([1, Number(value)])
  if (typeof value === 'string') return Buffer.concat([Buffer.from([2]), textOf(value)])
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(9)
    bytes.writeDoubleBE(value, 1)
    return bytes
  }
  const fields = Object.entries(value).flatMap(([name, one]) => [textOf(name), written(one)])
  return Buffer.concat([Buffer.from([3]), ...fields, Buffer.from([0, 0, OBJECT_END])])
}

export const writeAmf = (...values: Written[]): Buffer => Buffer.concat(values.map(written))
