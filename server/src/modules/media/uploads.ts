import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import {
  type Body,
  type ErrorCode,
  type FileAnnouncement,
  type PhotoEdit,
  type Reply,
  type Routes,
  type Static,
  TintypeError,
  type UploadId,
  type UploadKind,
  type UploadTicket,
  type UserId,
} from '@tintype/contract'
import type { DerivedEntries } from '../../engines/cache/port.ts'
import type { ObjectInfo } from '../../engines/object-store/port.ts'
import { newId } from '../../kit/ids.ts'
import type { MediaDeps } from './deps.ts'
import { checkPurpose, type FileKinds, likelyKind } from './file-kinds.ts'
import { ByteSource } from './imaging/byte-source.ts'
import type { Purpose } from './imaging/plan.ts'
import type { EditBy, FilmEdit, Sniffed, SniffedBy, TypeBy } from './sniffed.ts'
import type { UploadRow } from './upload-store.ts'
import * as store from './upload-store.ts'

/** An upload that stood every check a look at its bytes allows without decoding them. */
export interface CheckedUpload {
  upload_id: UploadId
  object_key: string
  /** As found. */
  kind: UploadKind
  type: TypeBy[UploadKind]
  sha256: string
}

/** What is to become of one file; what is said of another kind than it is says nothing. */
export interface Edits {
  photo?: PhotoEdit | undefined
  video?: FilmEdit | undefined
}

/** What the bytes of an object are, without decoding them. JSON-like: it is cached. */
interface Examined {
  size: number
  sha256: string
  found: Sniffed | { fault: ErrorCode }
}

const FOLDER = 'uploads/'
const MB = 1024 * 1024
/** Links and uploads live so long, seconds: a night's worth of a phone that comes and goes. */
export const UPLOAD_TTL = 6 * 3600
/** What comes in a form is used when the form has been read; a process that died meanwhile keeps its member's room no longer. */
const FORM_TTL = 3600
const MULTIPART_FROM = 8 * MB
const PART_SIZE = 5 * MB
/** Files a member may have under way at once. */
const PENDING_MAX = 60
/** Seconds after which some of them may have been put to use or given up. */
const ROOM_AFTER = 60

export interface UploadDeps extends Pick<MediaDeps, 'db' | 'cache' | 'objectStore' | 'clock'> {
  kinds: FileKinds
}

/** From the announcement of a file to the moment a post or an avatar takes it. */
export class Uploads {
  readonly #deps: UploadDeps
  /** By object key; undefined while nothing is there. */
  readonly #known: DerivedEntries<string, Examined | undefined>

  constructor(deps: UploadDeps) {
    this.#deps = deps
    this.#known = deps.cache.derived('examined', { ttl: UPLOAD_TTL })
  }

  async requestUploads(
    ownerId: UserId,
    { files }: Body<Routes['media']['requestUploads']>,
  ): Promise<UploadTicket[]> {
    const kinds = files.map((file, index) => this.#checkAnnouncement(file, index))
    const { db, clock } = this.#deps
    const planned = await Promise.all(
      files.map((file, n) => this.#plan(this.#newRow(ownerId, { ...file, kind: kinds[n] }))),
    )
    const rows = planned.map(({ row }) => row)
    const isRoom = await db.tx(async (tx) => {
      await store.lockPending(tx, ownerId)
      const pending = await store.countPending(tx, ownerId, new Date(clock.now()))
      if (pending + files.length > PENDING_MAX) return false
      await store.insertUploads(tx, rows)
      return true
    })
    if (isRoom) return planned.map(({ ticket }) => ticket)
    for (const row of rows) if (row.multipart_id) await this.removeObject(row)
    throw new TintypeError('quota_exceeded', { details: { retry_after: ROOM_AFTER } })
  }

  async uploadStatus(ownerId: UserId, id: UploadId): Promise<Reply<Routes['media']['uploadStatus']>> {
    const row = await this.#find(ownerId, id)
    const { objectStore, clock } = this.#deps
    if (row.state === 'used') return { upload_id: id, state: 'used', received_parts: [] }
    if (row.expires_at.getTime() <= clock.now())
      return { upload_id: id, state: 'expired', received_parts: [] }
    if (await objectStore.head(row.object_key))
      return { upload_id: id, state: 'complete', received_parts: [] }
    const parts = row.multipart_id ? await objectStore.listParts(row.object_key, row.multipart_id) : []
    const complete = row.multipart_id !== null && parts.length === Math.ceil(row.size / PART_SIZE)
    return { upload_id: id, state: complete ? 'complete' : 'pending', received_parts: parts }
  }

  async cancelUpload(ownerId: UserId, id: UploadId): Promise<void> {
    const row = await this.#find(ownerId, id)
    const [cancelled] = await store.claim(this.#deps.db.query, ownerId, [id], 'cancelled')
    if (!cancelled) throw new TintypeError('upload_already_used')
    await this.closeLinks(row)
  }

  /** Gives up what came in with a form that became nothing. Those that were used meanwhile stay. */
  async giveUp(ownerId: UserId, ids: readonly UploadId[]): Promise<void> {
    if (ids.length === 0) return
    const { db, objectStore } = this.#deps
    const given = await store.claim(db.query, ownerId, ids, 'cancelled')
    // No link was ever signed for them.
    await objectStore.delete(given.map((id) => FOLDER + id))
  }

  /**
   * Takes in a file that comes with the request itself. Throws the coded error of whatever is wrong, keeps nothing then, and
   * consumes the stream in any case.
   */
  async receiveFile(ownerId: UserId, file: { body: Readable; contentType: string }): Promise<UploadId> {
    const { db, objectStore } = this.#deps
    const row = this.#newRow(ownerId, { content_type: file.contentType, size: 1 }, FORM_TTL)
    await store.insertUploads(db.query, [row])
    try {
      const info = await objectStore.put(row.object_key, file.body, { contentType: row.content_type })
      // A form parser cuts a file at the limit and says so on the stream.
      const isCut = 'truncated' in file.body && file.body.truncated === true
      if (isCut || info.size > this.#deps.kinds[row.kind].maxBytes) throw new TintypeError('media_too_large')
      if (info.size === 0) throw new TintypeError('media_empty')
      await store.setMeasured(db.query, { ...row, size: info.size, sha256: info.sha256 ?? null })
      return row.upload_id
    } catch (error) {
      await this.giveUp(ownerId, [row.upload_id])
      throw error
    }
  }

  /**
   * Checks everything that can be known before decoding, in the order asked; rejects with the first reason. A file whose bytes
   * are to blame is removed at once; one that is not there yet may still come. `edits`: those of each, where there are any.
   */
  async checkUploads(
    ownerId: UserId,
    ids: readonly UploadId[],
    purpose: Purpose,
    edits: readonly Edits[] = [],
  ): Promise<CheckedUpload[]> {
    const found = await store.readUploads(this.#deps.db.query, ownerId, ids)
    const rows = ids.map((id) => found.find((row) => row.upload_id === id))
    // States first: a post with one impossible file must not cost the reading of nine others.
    for (const row of rows) checkState(row, this.#deps.clock.now())
    const checked = await Promise.all(
      rows.filter((row) => row !== undefined).map((row) => this.#check(row, purpose)),
    )
    for (const [n, { upload, found }] of checked.entries())
      this.#checkEdit(upload, found, edits[n] ?? {}, purpose)
    return checked.map(({ upload }) => upload)
  }

  /**
   * Looks at what has just come in while it is still at hand, so that nothing needs to be read again when it is used. Until now
   * any process may remember that nothing was there.
   */
  async noteReceived(info: ObjectInfo, bytes: Buffer | undefined): Promise<void> {
    if (!info.key.startsWith(FOLDER)) return
    await this.#known.del([info.key])
    await this.#known.through(info.key, () => this.#examine(info, bytes))
  }

  /** Removes what has arrived of an upload, and takes nothing more by its links. */
  async closeLinks(row: Pick<UploadRow, 'object_key' | 'multipart_id'>): Promise<void> {
    const { objectStore } = this.#deps
    await objectStore.close([row.object_key])
    if (row.multipart_id) await objectStore.abortMultipart(row.object_key, row.multipart_id)
  }

  /** Removes every trace of an upload whose links have expired. */
  async removeObject(row: Pick<UploadRow, 'object_key' | 'multipart_id'>): Promise<void> {
    const { objectStore } = this.#deps
    if (row.multipart_id) await objectStore.abortMultipart(row.object_key, row.multipart_id)
    await objectStore.delete([row.object_key])
  }

  async #check(row: UploadRow, purpose: Purpose): Promise<{ upload: CheckedUpload; found: Sniffed }> {
    const { upload_id, object_key } = row
    const examined = (await this.#examined(row.object_key)) ?? (await this.#assemble(row))
    const { size, sha256 } = examined
    try {
      if (size !== row.size) throw new TintypeError('media_size_mismatch')
      if (row.sha256 !== null && row.sha256 !== sha256) throw new TintypeError('media_hash_mismatch')
      if ('fault' in examined.found) throw new TintypeError(faultOf(examined.found.fault, row.content_type))
      const found = asAnnounced(examined.found, row.kind)
      const { kind, type } = found
      checkPurpose(kind, type, purpose)
      checkFound(this.#deps.kinds, found, { size, purpose })
      return { upload: { upload_id, object_key, kind, type, sha256 }, found }
    } catch (error) {
      if (!(error instanceof TintypeError) || !error.code.startsWith('media_')) throw error
      await this.#discard(row)
      throw new TintypeError(error.code, {
        details: { ...error.details, upload_id },
        cause: error,
      })
    }
  }

  /** What an object is; undefined while it is not there. */
  #examined(key: string): Promise<Examined | undefined> {
    return this.#known.through(key, async () => {
      const info = await this.#deps.objectStore.head(key)
      return info && this.#examine(info)
    })
  }

  async #examine(info: ObjectInfo, bytes?: Buffer): Promise<Examined> {
    const source = bytes ? ByteSource.of(bytes) : this.#sourceOf(info)
    const found = await this.#sniff(source, info.key)
    return { size: info.size, sha256: info.sha256 ?? (await this.#hash(info.key)), found }
  }

  /** The bytes alone say which kind it is, whatever it was announced as. */
  async #sniff(source: ByteSource, key: string): Promise<Examined['found']> {
    const { kinds } = this.#deps
    for (const kind of Object.keys(kinds) as UploadKind[]) {
      try {
        return await kinds[kind].sniff(source, key)
      } catch (error) {
        if (!(error instanceof TintypeError) || !error.code.startsWith('media_')) throw error
        if (error.code !== 'media_type_mismatch') return { fault: error.code }
      }
    }
    return { fault: 'media_type_mismatch' }
  }

  #sourceOf({ key, size }: ObjectInfo): ByteSource {
    const { objectStore } = this.#deps
    return new ByteSource(size, async (start, end) =>
      buffer((await objectStore.get(key, { start, end })).body),
    )
  }

  /** Links for one file. A large one can come in parts, or in one piece all the same. */
  async #plan(row: UploadRow): Promise<{ row: UploadRow; ticket: UploadTicket }> {
    const { objectStore } = this.#deps
    const terms = { size: row.size, contentType: row.content_type, expiresIn: UPLOAD_TTL }
    const put = await objectStore.presignPut(row.object_key, { ...terms, sha256: row.sha256 ?? undefined })
    const multipart =
      row.size < MULTIPART_FROM
        ? undefined
        : await objectStore.createMultipart(row.object_key, { ...terms, partSize: PART_SIZE })
    const ticket: UploadTicket = {
      upload_id: row.upload_id,
      url: put.url,
      method: put.method,
      headers: put.headers,
      expires_at: row.expires_at.toISOString(),
      multipart: multipart
        ? {
            part_size: PART_SIZE,
            parts: multipart.parts.map((part) => ({ part_number: part.partNumber, url: part.url })),
          }
        : null,
    }
    return { row: { ...row, multipart_id: multipart?.multipartId ?? null }, ticket }
  }

  /** Rejects with `upload_incomplete` while parts are missing. */
  async #assemble(row: UploadRow): Promise<Examined> {
    const details = { upload_id: row.upload_id }
    if (!row.multipart_id) throw new TintypeError('upload_incomplete', { details })
    try {
      return await this.#examine(
        await this.#deps.objectStore.completeMultipart(row.object_key, row.multipart_id),
      )
    } catch (cause) {
      if (cause instanceof TintypeError) throw new TintypeError('upload_incomplete', { details, cause })
      throw cause
    }
  }

  async #hash(key: string): Promise<string> {
    const hash = createHash('sha256')
    for await (const chunk of (await this.#deps.objectStore.get(key)).body) hash.update(chunk)
    return hash.digest('hex')
  }

  async #discard(row: UploadRow): Promise<void> {
    const [discarded] = await store.claim(this.#deps.db.query, row.owner_id, [row.upload_id], 'cancelled')
    if (discarded) await this.closeLinks(row)
  }

  async #find(ownerId: UserId, id: UploadId): Promise<UploadRow> {
    const [row] = await store.readUploads(this.#deps.db.query, ownerId, [id])
    if (!row || row.state === 'cancelled') throw new TintypeError('upload_not_found')
    return row
  }

  /** Answers what kind of file it will be. */
  #checkAnnouncement({ kind, content_type, size }: Announcement, index: number): UploadKind {
    const { kinds } = this.#deps
    const details = { index }
    const announced = kind ?? likelyKind(kinds, content_type, size)
    if (!announced || !kinds[announced].mayBe(content_type))
      throw new TintypeError('media_type_unsupported', { details })
    if (size === 0) throw new TintypeError('media_empty', { details })
    if (size > kinds[announced].maxBytes) throw new TintypeError('media_too_large', { details })
    return announced
  }

  #checkEdit({ upload_id }: CheckedUpload, found: Sniffed, edits: Edits, purpose: Purpose): void {
    try {
      if (found.kind !== 'voice') checkEdit(this.#deps.kinds, found, edits[found.kind] ?? {}, purpose)
    } catch (cause) {
      if (!(cause instanceof TintypeError)) throw cause
      throw new TintypeError(cause.code, { details: { upload_id }, cause })
    }
  }

  #newRow(ownerId: UserId, file: Announcement, ttl = UPLOAD_TTL): UploadRow {
    const { clock, kinds } = this.#deps
    const upload_id = newId<UploadId>(clock)
    return {
      owner_id: ownerId,
      upload_id,
      kind: file.kind ?? likelyKind(kinds, file.content_type, file.size) ?? 'photo',
      content_type: TYPE.test(file.content_type) ? file.content_type : 'application/octet-stream',
      size: file.size,
      sha256: file.sha256 ?? null,
      object_key: FOLDER + upload_id,
      multipart_id: null,
      state: 'pending',
      created_at: new Date(clock.now()),
      expires_at: new Date(clock.now() + ttl * 1000),
    }
  }
}

type Announcement = Static<typeof FileAnnouncement>

/** A recording comes in a film's container: what is announced as one is heard only. */
const asAnnounced = (found: Sniffed, announced: UploadKind): Sniffed =>
  found.kind === 'video' && announced === 'voice' && !found.type.startsWith('image/')
    ? { ...found, kind: 'voice' }
    : found

function checkFound<K extends UploadKind>(
  kinds: FileKinds,
  found: SniffedBy[K] & { kind: K },
  { size, purpose }: { size: number; purpose: Purpose },
): void {
  const kind = kinds[found.kind]
  if (size > kind.maxBytes) throw new TintypeError('media_too_large')
  kind.check(found, purpose)
}

const checkEdit = <K extends UploadKind>(
  kinds: FileKinds,
  found: SniffedBy[K] & { kind: K },
  edit: EditBy[K],
  purpose: Purpose,
): void => kinds[found.kind].checkEdit(found, edit, purpose)

/** What can stand in a header and in the trailer of a stored file. */
const TYPE = /^[\w.+-]{1,30}\/[\w.+-]{1,40}$/

/** Bytes that are nothing we know: of something called a picture or a film that is another fault than of something that is not. */
const faultOf = (fault: ErrorCode, contentType: string): ErrorCode =>
  fault === 'media_type_mismatch' && !/^(?:image|video|audio)\//i.test(contentType)
    ? 'media_type_unsupported'
    : fault

/** Another member's upload is as unknown as one that never was. */
function checkState(row: UploadRow | undefined, now: number): void {
  if (!row || row.state === 'cancelled') throw new TintypeError('upload_not_found')
  const details = { upload_id: row.upload_id }
  if (row.state === 'used') throw new TintypeError('upload_already_used', { details })
  if (row.expires_at.getTime() <= now) throw new TintypeError('upload_expired', { details })
}
