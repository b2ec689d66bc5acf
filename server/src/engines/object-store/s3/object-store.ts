import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { TintypeError } from '@tintype/contract'
import { breaker } from '../../../kit/breaker.ts'
import { within } from '../../../kit/within.ts'
import type { ObjectInfo, ObjectStore, PresignedPut, PutTerms } from '../port.ts'
import { checkKey, disposition, isShowable } from '../served.ts'
import { faultOf, isAbsent, isSilence, s3Client } from './client.ts'
import { S3Multipart } from './multipart.ts'
import type { S3Settings } from './settings.ts'
import { inPieces, uploadPieces } from './upload-stream.ts'

/** What stands under a closed key: an empty object of this type, which every reader takes for none. */
const CLOSED = 'application/x-tintype-closed'
/** Requests that one call has under way at a time. */
const AT_ONCE = 32
/** Milliseconds: some stores have a key wait for a conditional request that is under way, however slowly its bytes come. */
const CLOSE_MS = 10_000

/**
 * Objects in a bucket. Links lead to the store itself, past this process; that one is good once is its condition that nothing stands
 * there (`If-None-Match: *`), under which the store takes what comes whole or not at all. Its signatures go by the real time,
 * as the other side does.
 */
export class S3ObjectStore implements ObjectStore {
  readonly #settings: S3Settings
  readonly #client: S3Client
  readonly #signing: S3Client
  readonly #multipart: S3Multipart
  readonly #breaker = breaker({ name: 'The object store', isSilence })

  constructor(settings: S3Settings) {
    this.#settings = settings
    this.#client = s3Client(settings)
    this.#signing = s3Client(settings, settings.publicUrl || settings.endpoint)
    this.#multipart = new S3Multipart(this.#client, this.#signing)
  }

  async put(key: string, bytes: Buffer | Readable, { contentType }: { contentType: string }) {
    const at = this.#at(key)
    return await this.#ask(async (): Promise<ObjectInfo> => {
      if (Buffer.isBuffer(bytes)) return await this.#putWhole(key, bytes, contentType)
      const pieces = inPieces(bytes)
      const first = await pieces.next()
      const second = await pieces.next()
      if (second.done) return await this.#putWhole(key, first.value ?? Buffer.alloc(0), contentType)
      const all = chain([first.value ?? Buffer.alloc(0), second.value], pieces)
      const size = await uploadPieces({ client: this.#client, at, contentType }, all)
      return { key, size, contentType, sha256: undefined }
    })
  }

  async get(
    key: string,
    range?: { start: number; end?: number },
  ): Promise<{ info: ObjectInfo; body: Readable }> {
    const Range = range && `bytes=${range.start}-${range.end ?? ''}`
    return await this.#ask(async () => {
      const found = await this.#client.send(new GetObjectCommand({ ...this.#at(key), Range }))
      const body = found.Body as Readable
      if (found.ContentType === CLOSED) {
        body.destroy()
        throw new TintypeError('not_found')
      }
      return { info: infoOf(key, { ...found, ContentLength: sizeOf(found) }), body }
    })
  }

  async head(key: string): Promise<ObjectInfo | undefined> {
    return await this.#ask(async () => {
      try {
        const command = new HeadObjectCommand({ ...this.#at(key), ChecksumMode: 'ENABLED' })
        const found = await this.#client.send(command)
        return found.ContentType === CLOSED ? undefined : infoOf(key, found)
      } catch (error) {
        if (isAbsent(error)) return undefined
        throw error
      }
    })
  }

  /** One by one: requests for many are not understood by every store. */
  delete(keys: readonly string[]): Promise<void> {
    return this.#each(keys, (key) => this.#client.send(new DeleteObjectCommand(this.#at(key))))
  }

  close(keys: readonly string[]): Promise<void> {
    return this.#each(keys, (key) => within(CLOSE_MS, this.#putWhole(key, Buffer.alloc(0), CLOSED)))
  }

  async presignPut(key: string, { size, contentType, sha256, expiresIn }: PutTerms): Promise<PresignedPut> {
    const ChecksumSHA256 = sha256 && Buffer.from(sha256, 'hex').toString('base64')
    const headers = {
      'content-type': contentType,
      'if-none-match': '*',
      ...(ChecksumSHA256 && { 'x-amz-checksum-sha256': ChecksumSHA256 }),
    }
    const command = new PutObjectCommand({
      ...this.#at(key),
      ContentType: contentType,
      ContentLength: size,
      IfNoneMatch: '*',
      ChecksumSHA256,
    })
    const signed = new Set([...Object.keys(headers), 'content-length', 'host'])
    const expiresAt = Date.now() + expiresIn * 1000
    const options = { expiresIn, signableHeaders: signed, unhoistableHeaders: signed }
    return { url: await getSignedUrl(this.#signing, command, options), method: 'PUT', headers, expiresAt }
  }

  async presignGet(key: string, options: { expiresIn: number; filename?: string }): Promise<string> {
    const info = await this.head(key)
    const showable = isShowable(info?.contentType ?? '')
    const command = new GetObjectCommand({
      ...this.#at(key),
      ResponseContentDisposition: disposition(options.filename, showable),
      ResponseContentType: showable ? undefined : 'application/octet-stream',
      ResponseCacheControl: 'private, no-store',
    })
    return await getSignedUrl(this.#signing, command, { expiresIn: options.expiresIn })
  }

  createMultipart(key: string, terms: Omit<PutTerms, 'sha256'> & { partSize: number }) {
    return this.#ask(() => this.#multipart.create(this.#at(key), terms))
  }

  listParts(key: string, multipartId: string): Promise<number[]> {
    return this.#ask(() => this.#multipart.list(this.#at(key), multipartId))
  }

  async completeMultipart(key: string, multipartId: string): Promise<ObjectInfo> {
    await this.#ask(() => this.#multipart.complete(this.#at(key), multipartId))
    // Where somebody else completed it, what they made of it counts.
    const done = await this.head(key)
    if (!done) throw new TintypeError('upload_not_found')
    return done
  }

  abortMultipart(key: string, multipartId: string): Promise<void> {
    return this.#ask(() => this.#multipart.abort(this.#at(key), multipartId))
  }

  /** Nothing comes through this process. */
  onReceived(): Disposable {
    return { [Symbol.dispose]() {} }
  }

  async *keys(): AsyncGenerator<string> {
    const { bucket, prefix } = this.#settings
    const before = prefix && `${prefix}/`
    const pages = paginateListObjectsV2({ client: this.#client }, { Bucket: bucket, Prefix: before })
    for await (const { Contents = [] } of pages)
      for (const { Key = '' } of Contents) yield Key.slice(before.length)
  }

  async ping(): Promise<void> {
    await this.#ask(() => this.#client.send(new HeadBucketCommand({ Bucket: this.#settings.bucket })))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#client.destroy()
    this.#signing.destroy()
  }

  #each(keys: readonly string[], work: (key: string) => Promise<unknown>): Promise<void> {
    return this.#ask(async () => {
      for (let from = 0; from < keys.length; from += AT_ONCE)
        await Promise.all(keys.slice(from, from + AT_ONCE).map(work))
    })
  }

  async #putWhole(key: string, bytes: Buffer, contentType: string): Promise<ObjectInfo> {
    const sha256 = createHash('sha256').update(bytes)
    const answer = await this.#client.send(
      new PutObjectCommand({
        ...this.#at(key),
        Body: bytes,
        ContentType: contentType,
        ChecksumSHA256: sha256.digest('base64'),
      }),
    )
    return infoOf(key, { ...answer, ContentLength: bytes.length, ContentType: contentType })
  }

  async #ask<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.#breaker(work)
    } catch (error) {
      throw faultOf(error)
    }
  }

  #at(key: string): { Bucket: string; Key: string } {
    const { bucket, prefix } = this.#settings
    checkKey(key)
    // A client that resolves these would ask for another object than was signed.
    if (key.split('/').some((part) => part === '.' || part === '..')) throw new TintypeError('not_found')
    return { Bucket: bucket, Key: prefix ? `${prefix}/${key}` : key }
  }
}

async function* chain(first: readonly Buffer[], rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* first
  yield* rest
}

interface Found {
  ContentLength?: number | undefined
  ContentType?: string | undefined
  /** Of the whole, base64; that of several parts has their number behind it and is no hash of the bytes. */
  ChecksumSHA256?: string | undefined
}

const infoOf = (
  key: string,
  { ContentLength = 0, ContentType = 'application/octet-stream', ChecksumSHA256 }: Found,
): ObjectInfo => ({
  key,
  size: ContentLength,
  contentType: ContentType,
  sha256:
    ChecksumSHA256 === undefined || ChecksumSHA256.includes('-')
      ? undefined
      : Buffer.from(ChecksumSHA256, 'base64').toString('hex'),
})

/** Of the whole object, where a range of it was read. */
const sizeOf = ({ ContentRange, ContentLength }: GetObjectCommandOutput): number =>
  Number(/\/(\d+)$/.exec(ContentRange ?? '')?.[1] ?? ContentLength)
