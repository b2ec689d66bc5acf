import { Readable, Transform } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { importLimits, TintypeError } from '@tintype/contract'
import { type FileEntry, Reader, ZipReader } from '@zip.js/zip.js'
import type { ObjectStore } from '../../engines/object-store/port.ts'
import type { ArchiveFile, OpenArchive } from './plan.ts'

const MB = 1024 * 1024
/** Of the directory, and of one list in the archive: what is in memory at once. */
const MOST_BYTES = 64 * MB
/** Of all lists together: a ZIP of some kilobytes may unpack to any number of large ones. */
const MOST_TEXT = 256 * MB
/** In one list: a value takes up to some hundred bytes of memory, and one of two bytes (`{}`) as well. */
const MOST_VALUES = 2_000_000
/** Characters of a path. */
const LONGEST_PATH = 1024

/** Reads an object by ranges. */
class ObjectReader extends Reader<string> {
  readonly #store: Pick<ObjectStore, 'get'>
  readonly #key: string

  constructor(store: Pick<ObjectStore, 'get'>, key: string, size: number) {
    super(key)
    this.#store = store
    this.#key = key
    this.size = size
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    if (length > MOST_BYTES) throw new TintypeError('import_unreadable')
    if (length <= 0 || index >= this.size) return new Uint8Array()
    const end = Math.min(index + length, this.size) - 1
    try {
      return new Uint8Array(await buffer((await this.#store.get(this.#key, { start: index, end })).body))
    } catch (cause) {
      // A line that broke says nothing of the archive.
      throw cause instanceof TintypeError ? cause : new TintypeError('unavailable', { cause })
    }
  }
}

/**
 * A ZIP that somebody has sent, read where it lies: first its directory, then one file at a time. Nothing of it is ever written under a name of
 * its own; what is unpacked is counted, whatever the directory promised.
 */
export class SentZip implements OpenArchive, AsyncDisposable {
  readonly files: ReadonlyMap<string, ArchiveFile>
  readonly #entries: ReadonlyMap<string, FileEntry>
  readonly #reader: ZipReader<string>
  #textLeft: number

  private constructor(reader: ZipReader<string>, entries: ReadonlyMap<string, FileEntry>, mostText: number) {
    this.#reader = reader
    this.#textLeft = mostText
    this.#entries = entries
    this.files = new Map(
      [...entries].map(([name, entry]) => [
        name,
        {
          name,
          size: entry.uncompressedSize,
          crc32: entry.signature ?? 0,
          modified: entry.lastModDate.getTime(),
        },
      ]),
    )
  }

  /** Rejects with `import_unreadable`, and with `import_too_many`. */
  static async open(
    store: Pick<ObjectStore, 'get'>,
    key: string,
    size: number,
    mostText = MOST_TEXT,
  ): Promise<SentZip> {
    const reader = new ZipReader<string>(new ObjectReader(store, key, size), { useWebWorkers: false })
    const entries = new Map<string, FileEntry>()
    try {
      let count = 0
      for await (const entry of reader.getEntriesGenerator({ filenameValidation: 'tolerant' })) {
        if (++count > importLimits.entries) throw new TintypeError('import_too_many')
        const name = entry.filename.replaceAll('\\', '/')
        if (entry.directory || entry.encrypted || !isInside(name)) continue
        entries.set(name, entry)
      }
    } catch (cause) {
      throw cause instanceof TintypeError ? cause : new TintypeError('import_unreadable', { cause })
    }
    return new SentZip(reader, entries, mostText)
  }

  async json(name: string): Promise<unknown> {
    if (!this.files.has(name)) return undefined
    const text = await this.text(name)
    if (valuesIn(text) > MOST_VALUES) throw new TintypeError('import_too_many')
    try {
      return JSON.parse(text)
    } catch (error) {
      if (error instanceof SyntaxError) return undefined
      throw error
    }
  }

  async text(name: string): Promise<string> {
    const bytes = await buffer(this.stream(name, MOST_BYTES))
    this.#textLeft -= bytes.length
    if (this.#textLeft < 0) throw new TintypeError('import_too_many')
    return bytes.toString('utf8').replace(/^\ufeff/, '')
  }

  /** The bytes of a file; fails with `import_unreadable` where they are more than that, or are damaged. */
  stream(name: string, most: number): Readable {
    const entry = this.#entries.get(name)
    if (!entry || entry.uncompressedSize > most) throw new TintypeError('import_unreadable')
    let size = 0
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length
        if (size > most) done(new TintypeError('import_unreadable'))
        else done(null, chunk)
      },
    })
    // Whoever is to read it may hear of a fault later than it is known; without a listener that would end the process.
    counted.on('error', () => {})
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const unpacked = Readable.fromWeb(readable as never)
    unpacked.on('error', (cause) => counted.destroy(asUnreadable(cause)))
    counted.on('close', () => unpacked.destroy())
    entry
      .getData(writable, { useWebWorkers: false, checkSignature: true })
      .catch((cause: unknown) => counted.destroy(asUnreadable(cause)))
    return unpacked.pipe(counted)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#reader.close()
  }
}

const asUnreadable = (cause: unknown): TintypeError =>
  cause instanceof TintypeError ? cause : new TintypeError('import_unreadable', { cause })

/** At most so many values are in a JSON text: each stands behind one of these, or is the only one. */
function valuesIn(text: string): number {
  let count = 1
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === COMMA || code === BRACKET || code === BRACE) count++
  }
  return count
}
const [COMMA, BRACKET, BRACE] = [0x2c, 0x5b, 0x7b]

/** A path as people have them, no part of which leads out of the archive or to a place of its own. */
const isInside = (name: string): boolean =>
  name.length <= LONGEST_PATH &&
  !/\p{Cc}/u.test(name) &&
  !name.startsWith('/') &&
  !/^[a-z]:/i.test(name) &&
  !name.split('/').includes('..') &&
  !name.startsWith('__MACOSX/')
