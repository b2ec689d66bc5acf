import { createHash, randomBytes } from 'node:crypto'
import { link, mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { TintypeError } from '@tintype/contract'
import { type Clock, systemClock } from '../../../kit/clock.ts'
import type { ObjectInfo, ObjectStore, PresignedPut, PutTerms, ReceivedListener } from '../port.ts'
import { checkKey } from '../served.ts'
import { MultipartFolder } from './multipart-folder.ts'
import { encodeTrailer, MAX_TYPE_BYTES, readInfo, syncDirectory } from './object-file.ts'
import { LinkSigner, type Permit } from './signatures.ts'
import { sweepStale } from './stale-files.ts'

export interface FileStoreOptions {
  directory: string
  /** Signs the links. */
  secret: string
  clock?: Clock
  /** Put before `/objects/…`; empty: links relative to the origin they were asked from. */
  baseUrl?: string
}

/** Reads up to this size are one read and one chunk; larger ones stream. Every rendition is below it. */
const ONE_READ = 1024 * 1024
/** What comes in is gathered up to this size: a write per chunk of the network's would be sixteen times as many. */
const ONE_WRITE = 1024 * 1024
const SWEEP_EVERY_MS = 3_600_000

/**
 * Objects as files below `directory`: `ab/cd/{key}` by a hash of the key, so that no folder grows large (65 536
 * folders: 50 M objects are about 760 each). A write goes to `.tmp`, is flushed, renamed and its folder flushed:
 * what was acknowledged outlasts a power cut, and a half-written object never has a name. What comes through a link is
 * linked instead of renamed, which fails where something stands; a closed key is an empty file.
 */
export class FileObjectStore implements ObjectStore {
  readonly #directory: string
  readonly #signer: LinkSigner
  readonly #multipart: MultipartFolder
  readonly #sweeper: NodeJS.Timeout
  readonly #listeners = new Set<ReceivedListener>()

  private constructor(options: FileStoreOptions) {
    const clock = options.clock ?? systemClock
    this.#directory = options.directory
    this.#signer = new LinkSigner({ secret: options.secret, clock, baseUrl: options.baseUrl ?? '' })
    this.#multipart = new MultipartFolder(join(options.directory, '.parts'), this.#signer)
    this.#sweeper = setInterval(() => void this.#sweep().catch(() => undefined), SWEEP_EVERY_MS)
    this.#sweeper.unref()
  }

  static async open(options: FileStoreOptions): Promise<FileObjectStore> {
    await mkdir(join(options.directory, '.tmp'), { recursive: true })
    await mkdir(join(options.directory, '.parts'), { recursive: true })
    const store = new FileObjectStore(options)
    await store.#sweep()
    return store
  }

  async #sweep(): Promise<void> {
    await sweepStale(join(this.#directory, '.tmp'))
    await this.#multipart.sweep()
  }

  async put(key: string, bytes: Buffer | Readable, options: { contentType: string }): Promise<ObjectInfo> {
    const chunks = Buffer.isBuffer(bytes) ? [bytes] : bytes
    const { bytes: _, ...info } = await this.#write(key, chunks, { contentType: options.contentType })
    return info
  }

  async get(
    key: string,
    range?: { start: number; end?: number },
  ): Promise<{ info: ObjectInfo; body: Readable }> {
    const file = await open(this.#path(key), 'r').catch(throwNotFound)
    try {
      const info = await readInfo(file, key)
      if (!info) throw new TintypeError('not_found')
      const start = range?.start ?? 0
      const length = Math.min(range?.end ?? info.size - 1, info.size - 1) - start + 1
      if (length < 0 || start < 0 || (start > 0 && length === 0))
        throw new TintypeError('bad_request', { message: `The range starts after the end of ${key}.` })
      if (length > ONE_READ)
        return {
          info,
          body: file.createReadStream({ start, end: start + length - 1, highWaterMark: 262_144 }),
        }
      const bytes = Buffer.allocUnsafe(length)
      await file.read(bytes, 0, length, start)
      await file.close()
      return { info, body: Readable.from([bytes], { objectMode: false }) }
    } catch (error) {
      await file.close()
      throw error
    }
  }

  async head(key: string): Promise<ObjectInfo | undefined> {
    const file = await open(this.#path(key), 'r').catch(undefinedIfAbsent)
    if (!file) return undefined
    try {
      return await readInfo(file, key).catch(undefinedIfDamaged)
    } finally {
      await file.close()
    }
  }

  async delete(keys: readonly string[]): Promise<void> {
    const paths = keys.map((key) => this.#path(key))
    const removed = await Promise.all(
      paths.map((path) =>
        unlink(path).then(
          () => dirname(path),
          (error) => undefinedIfAbsent(error),
        ),
      ),
    )
    const folders = new Set(removed.filter((folder) => folder !== undefined))
    await Promise.all([...folders].map(syncDirectory))
  }

  async close(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      const temporary = this.#temporary()
      await (await open(temporary, 'wx')).close()
      await publish(temporary, this.#path(key), this.#directory, 'replace')
    }
  }

  async presignPut(key: string, terms: PutTerms): Promise<PresignedPut> {
    this.#path(key)
    const expires = this.#signer.expiry(terms.expiresIn)
    return {
      url: this.#signer.url({
        method: 'PUT',
        key,
        expires,
        size: terms.size,
        type: terms.contentType,
        sha256: terms.sha256,
      }),
      method: 'PUT',
      headers: { 'content-type': terms.contentType },
      expiresAt: expires * 1000,
    }
  }

  async presignGet(key: string, options: { expiresIn: number; filename?: string }): Promise<string> {
    this.#path(key)
    const expires = this.#signer.expiry(options.expiresIn)
    return this.#signer.url({ method: 'GET', key, expires, filename: options.filename })
  }

  async createMultipart(key: string, terms: Omit<PutTerms, 'sha256'> & { partSize: number }) {
    this.#path(key)
    return this.#multipart.create(key, terms)
  }

  async listParts(_key: string, multipartId: string): Promise<number[]> {
    return this.#multipart.list(multipartId)
  }

  async completeMultipart(key: string, multipartId: string): Promise<ObjectInfo> {
    const terms = await this.#multipart.terms(multipartId)
    if (!terms) {
      const done = await this.head(key)
      if (done) return done
      throw new TintypeError('upload_not_found')
    }
    const parts = await this.#multipart.inOrder(multipartId, terms)
    const written = { contentType: terms.contentType, size: terms.size, mode: 'once' as const }
    try {
      const { bytes: _, ...info } = await this.#write(key, parts, written)
      return info
    } catch (error) {
      // Somebody else completed it, and what they made of it counts.
      const done = isUsed(error) ? await this.head(key) : undefined
      if (!done) throw error
      return done
    } finally {
      await this.#multipart.remove(multipartId)
    }
  }

  async abortMultipart(_key: string, multipartId: string): Promise<void> {
    await this.#multipart.remove(multipartId)
  }

  /** The permit of a request to `/objects/{key}`; throws `signature_invalid` or `signature_expired`. */
  checkLink(method: 'PUT' | 'GET', key: string, query: Record<string, unknown>): Permit {
    return this.#signer.check(method, key, query)
  }

  /**
   * Takes the bytes a PUT permit allows. Throws `media_size_mismatch` for a byte more or less, `media_hash_mismatch` for others than
   * were signed, `upload_already_used` where the link has brought its object or was closed, and keeps nothing then.
   */
  async receive(permit: Permit & { method: 'PUT' }, body: Readable): Promise<ObjectInfo> {
    const part = permit.part ? await this.#multipart.partPath(permit.part) : undefined
    const mode: PublishMode = part === undefined ? 'once' : 'part'
    const terms = { contentType: permit.type, size: permit.size, sha256: permit.sha256, path: part, mode }
    const { bytes, ...info } = await this.#write(permit.key, body, terms)
    if (part === undefined) for (const listener of this.#listeners) listener(info, bytes)
    return info
  }

  onReceived(listener: ReceivedListener): Disposable {
    this.#listeners.add(listener)
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) }
  }

  async *keys(): AsyncGenerator<string> {
    for (const folder of await foldersIn(this.#directory))
      for (const inner of await foldersIn(join(this.#directory, folder)))
        for (const name of await readdir(join(this.#directory, folder, inner)))
          yield name.replaceAll('~', '/')
  }

  /** Keys in folders that something came into or left since then (milliseconds since 1970). */
  async *keysSince(time: number): AsyncGenerator<string> {
    for (const folder of await foldersIn(this.#directory))
      for (const inner of await foldersIn(join(this.#directory, folder))) {
        const path = join(this.#directory, folder, inner)
        if ((await stat(path)).mtimeMs < time) continue
        for (const name of await readdir(path)) yield name.replaceAll('~', '/')
      }
  }

  /** Milliseconds since 1970. */
  async writtenAt(key: string): Promise<number> {
    return (await stat(this.#path(key))).mtimeMs
  }

  async ping(): Promise<void> {
    await stat(join(this.#directory, '.tmp'))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#sweeper)
  }

  async #write(
    key: string,
    chunks: Iterable<Buffer> | AsyncIterable<Buffer>,
    terms: { contentType: string; path?: string; mode?: PublishMode } & Measures,
  ): Promise<ObjectInfo & { bytes: Buffer | undefined }> {
    if (Buffer.byteLength(terms.contentType) > MAX_TYPE_BYTES) throw new TintypeError('bad_request')
    const path = terms.path ?? this.#path(key)
    const temporary = this.#temporary()
    try {
      const written = await writeTemporary(temporary, chunks, terms)
      await publish(temporary, path, this.#directory, terms.mode ?? 'replace')
      return { key, ...written, contentType: terms.contentType }
    } catch (error) {
      await rm(temporary, { force: true })
      throw storageFault(error)
    }
  }

  #temporary(): string {
    return join(this.#directory, '.tmp', randomBytes(12).toString('hex'))
  }

  #path(key: string): string {
    const hash = createHash('sha1').update(checkKey(key)).digest('hex')
    return join(this.#directory, hash.slice(0, 2), hash.slice(2, 4), key.replaceAll('/', '~'))
  }
}

/** What the bytes have to be, where that is known. */
interface Measures {
  size?: number
  sha256?: string | undefined
}

/** Those that hold objects; other names begin with a dot. */
const foldersIn = async (path: string): Promise<string[]> =>
  (await readdir(path)).filter((name) => /^[0-9a-f]{2}$/.test(name))

/** Answers the bytes, too, where they fit into one write. */
async function writeTemporary(
  path: string,
  chunks: Iterable<Buffer> | AsyncIterable<Buffer>,
  terms: { contentType: string } & Measures,
): Promise<{ size: number; sha256: string; bytes: Buffer | undefined }> {
  const hash = createHash('sha256')
  const file = await open(path, 'wx')
  let size = 0
  let waiting: Buffer[] = []
  let flushed = 0
  try {
    // A stream is not destroyed when its bytes are refused: an HTTP request would lose its reply with it.
    for await (const chunk of chunks instanceof Readable
      ? chunks.iterator({ destroyOnReturn: false })
      : chunks) {
      size += chunk.length
      if (terms.size !== undefined && size > terms.size) throw new TintypeError('media_size_mismatch')
      hash.update(chunk)
      waiting.push(chunk)
      if (size - flushed < ONE_WRITE) continue
      await file.writeFile(waiting.length === 1 ? chunk : Buffer.concat(waiting))
      waiting = []
      flushed = size
    }
    if (terms.size !== undefined && size !== terms.size) throw new TintypeError('media_size_mismatch')
    const sha256 = hash.digest('hex')
    if (terms.sha256 !== undefined && sha256 !== terms.sha256) throw new TintypeError('media_hash_mismatch')
    const trailer = encodeTrailer({ size, sha256, contentType: terms.contentType })
    const last = Buffer.concat([...waiting, trailer])
    await file.writeFile(last)
    await file.sync()
    return { size, sha256, bytes: flushed === 0 ? last.subarray(0, size) : undefined }
  } finally {
    await file.close()
  }
}

/** `once`: only where nothing stands. `part`: only while the folder of its upload does. */
type PublishMode = 'replace' | 'once' | 'part'

/** Puts a written file into its place; a folder made for it is flushed into its parent too. */
async function publish(temporary: string, path: string, root: string, mode: PublishMode): Promise<void> {
  const folder = dirname(path)
  const made = mode === 'part' ? undefined : await mkdir(folder, { recursive: true })
  if (mode === 'once') {
    await linkOnce(temporary, path)
  } else await rename(temporary, path).catch(mode === 'part' ? throwUsed : rethrow)
  await syncDirectory(folder)
  if (made === undefined) return
  for (let parent = dirname(folder); parent.startsWith(root); parent = dirname(parent))
    await syncDirectory(parent)
}

function storageFault(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EROFS'
    ? new TintypeError('unavailable', { message: 'The place for files is full.', cause: error })
    : error
}

async function linkOnce(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path)
  } catch (error) {
    if (!NO_LINKS.has((error as NodeJS.ErrnoException).code ?? '')) return throwUsed(error)
    // A file system without links: an empty file, which readers take for none, holds the place.
    await (await open(path, 'wx').catch(throwUsed)).close()
    return rename(temporary, path)
  }
  await unlink(temporary)
}

const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'])

function throwUsed(error: unknown): never {
  const { code } = error as NodeJS.ErrnoException
  if (code !== 'EEXIST' && code !== 'ENOENT') throw error
  throw new TintypeError('upload_already_used', { cause: error })
}

const isUsed = (error: unknown): boolean =>
  error instanceof TintypeError && error.code === 'upload_already_used'

function rethrow(error: unknown): never {
  throw error
}

function undefinedIfAbsent(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
}

function undefinedIfDamaged(error: unknown): undefined {
  if (!(error instanceof TintypeError && error.code === 'not_found')) throw error
}

function throwNotFound(error: unknown): never {
  undefinedIfAbsent(error)
  throw new TintypeError('not_found', { cause: error })
}
