import {
  type MediaId,
  type PhotoEdit,
  type Rendition,
  type SubjectRef,
  TintypeError,
  type UntitledMedia,
  type UserId,
} from '@tintype/contract'
import { type RawBuilder, sql } from 'kysely'
import { type Entries, on } from '../../engines/cache/port.ts'
import type { Tx } from '../../engines/db/port.ts'
import type { NewEvent } from '../../engines/outbox/port.ts'
import { byField } from '../../kit/by-field.ts'
import { newId } from '../../kit/ids.ts'
import { accessOf } from './access.ts'
import type { MediaDeps } from './deps.ts'
import type { Purpose } from './imaging/plan.ts'
import type { MediaLinks, Privacy } from './links.ts'
import { recipeOf } from './recipe.ts'
import type { ReadyMedia } from './store.ts'
import * as store from './store.ts'
import type { CheckedUpload, Uploads } from './uploads.ts'

/** Pictures to be made of uploads, in their order. */
export interface Attachment {
  owner_id: UserId
  /** What they are attached to: who may see them, its kind says. */
  subject: SubjectRef
  /** Which sizes are made, and whether squares. */
  purpose: Purpose
  /** They are gone from then on; kept as long as their subject unless given. */
  expires_at?: Date
  uploads: readonly CheckedUpload[]
  /** One for each upload. */
  media_ids: readonly MediaId[]
  edits?: readonly (PhotoEdit | undefined)[]
}

const NEWS = [
  on(
    ['media.ready', 'media.failed', 'media.refined', 'media.released', 'post.archived', 'post.restored'],
    (e) => e.media_ids,
  ),
]

/** Pictures as other modules know them. */
export class MediaService {
  readonly #deps: MediaDeps
  readonly #links: MediaLinks
  readonly #uploads: Uploads
  readonly #ready: Entries<MediaId, ReadyMedia>

  constructor(deps: MediaDeps, links: MediaLinks, uploads: Uploads) {
    this.#deps = deps
    this.#links = links
    this.#uploads = uploads
    this.#ready = deps.cache.entries('media', { ttl: deps.mediaTtl, shared: true, forgets: NEWS })
  }

  /** See Uploads.checkUploads. */
  readonly checkUploads: Uploads['checkUploads'] = (...asked) => this.#uploads.checkUploads(...asked)

  /** See Uploads.receiveFile; a bound function, to be handed on by itself. */
  readonly receiveFile: Uploads['receiveFile'] = (ownerId, file) => this.#uploads.receiveFile(ownerId, file)

  /** See Uploads.giveUp; bound as well. */
  readonly giveUp: Uploads['giveUp'] = (ownerId, ids) => this.#uploads.giveUp(ownerId, ids)

  /**
   * Makes pictures of checked uploads, and tells that they await processing: a change and its events for `Outbox.act`, to be joined with
   * what makes the thing they are attached to. `done` has the `place` (from 1) of each whose uploads were all unused, as each is good
   * for one picture ever. Throws where the subject's kind does not say who may see what has this purpose.
   */
  attaching(all: readonly Attachment[]): { change: RawBuilder<unknown>; events: NewEvent[] } {
    const created_at = new Date(this.#deps.clock.now())
    for (const { subject, purpose } of all)
      if (!this.#deps.subjects.mediaAccess(subject, purpose))
        throw new Error(`nobody says who may see media of a ${subject.kind} for the purpose ${purpose}`)
    const rows = all.flatMap(({ owner_id, subject, purpose, expires_at, uploads, media_ids, edits }, index) =>
      uploads.map((upload, n) => {
        const edit = edits?.[n] ?? {}
        return {
          place: index + 1,
          upload_id: upload.upload_id,
          media_id: media_ids[n] as MediaId,
          owner_id,
          kind: upload.kind,
          ...store.subjectColumns(subject),
          purpose,
          expires_at: expires_at ?? null,
          original_key: upload.object_key,
          original_type: upload.type,
          original_sha256: upload.sha256,
          edit,
          recipe: recipeOf(upload.sha256, edit, purpose),
          created_at,
        }
      }),
    )
    const events = all.map(({ media_ids, subject, owner_id }) => {
      return { type: 'media.uploaded' as const, payload: { media_ids: [...media_ids], subject, owner_id } }
    })
    return { change: store.attaching(rows), events }
  }

  /** The same as a statement of its own; rejects with `upload_already_used`. */
  async attach(tx: Tx, what: Omit<Attachment, 'media_ids' | 'edits'>): Promise<MediaId[]> {
    const media_ids = what.uploads.map(() => newId<MediaId>(this.#deps.clock))
    const { change, events } = this.attaching([{ ...what, media_ids }])
    const made = await this.#deps.outbox.act(tx, { change, answer: sql`select from done` }, events)
    if (made.length === 0) throw new TintypeError('upload_already_used')
    return media_ids
  }

  /** Nobody refers to these any more: not shown from now on, their files collected after a grace period. */
  async release(tx: Tx, ids: readonly MediaId[]): Promise<void> {
    if (ids.length === 0) return
    await store.setReleased(tx, ids, new Date(this.#deps.clock.now()))
    await this.#deps.outbox.append(tx, [{ type: 'media.released', payload: { media_ids: [...ids] } }])
  }

  /** From now on only their owner sees them, whatever links were given out; or as before. The caller's fact says so. */
  async seal(tx: Tx, ids: readonly MediaId[], sealed: boolean): Promise<void> {
    await store.setSealed(tx, ids, sealed)
  }

  /**
   * Pictures with links for the viewer (null: a visitor; unless given, only those whose links are the same for all). Absent: those not
   * ready, failed, released, expired, of deleted members, and those that nobody may see.
   */
  async views(ids: readonly MediaId[], viewerId?: UserId | null): Promise<Map<MediaId, UntitledMedia>> {
    const pictures = await this.readyMedia(ids)
    const owners = [...new Set([...pictures.values()].map((picture) => picture.owner_id))]
    const privacy = await this.#deps.members.privacyFlags(owners)
    const views = new Map<MediaId, UntitledMedia>()
    for (const [id, picture] of pictures) {
      const flags = privacy.get(picture.owner_id)
      const query = flags && this.#queryOf(picture, flags, viewerId)
      if (query !== undefined) views.set(id, viewOf(picture, query))
    }
    return views
  }

  /** What goes behind the names of a picture's renditions; undefined where there is no link for the viewer. */
  #queryOf(picture: ReadyMedia, privacy: Privacy, viewerId: UserId | null | undefined): string | undefined {
    const access = this.#accessOf(picture)
    if (access === undefined || access === 'public') return access && ''
    if (access === 'link') return this.#links.query(picture.media_id, privacy)
    return viewerId === undefined ? undefined : this.#links.viewerQuery(picture.media_id, viewerId, privacy)
  }

  #accessOf(picture: ReadyMedia) {
    return accessOf(picture, this.#deps.subjects, this.#deps.clock.now())
  }

  /** Addresses of the 150 px squares of pictures that are everybody's; those not ready are absent. */
  async avatarUrls(ids: readonly MediaId[]): Promise<Map<MediaId, string>> {
    const urls = new Map<MediaId, string>()
    for (const [id, picture] of await this.readyMedia(ids)) {
      const smallest = picture.renditions.at(-1)
      if (smallest && this.#accessOf(picture) === 'public') urls.set(id, `/media/${id}/${smallest.name}`)
    }
    return urls
  }

  /** All squares of an avatar, largest first; none where it is not ready. */
  async avatarRenditions(id: MediaId): Promise<Rendition[]> {
    const picture = (await this.readyMedia([id])).get(id)
    return picture && this.#accessOf(picture) === 'public' ? renditionsOf(picture, '') : []
  }

  /** Rows of pictures that can be shown, cached. */
  async readyMedia(ids: readonly MediaId[]): Promise<Map<MediaId, ReadyMedia>> {
    if (ids.length === 0) return new Map()
    const { db } = this.#deps
    const found = await this.#ready.throughMany(ids, async (missing) =>
      byField(await store.readReady(db.query, missing), 'media_id'),
    )
    return byField(found, 'media_id')
  }
}

function viewOf(picture: ReadyMedia, query: string): UntitledMedia {
  const { media_id, width, height, thumbhash, dominant_color } = picture
  const variants = renditionsOf(picture, query)
  const url = variants[0]?.url ?? ''
  return { media_id, type: 'photo', url, width, height, thumbhash, dominant_color, variants }
}

const renditionsOf = ({ media_id, renditions }: ReadyMedia, query: string): Rendition[] =>
  renditions.map(({ name, width, height, content_type }) => ({
    url: `/media/${media_id}/${name}${query}`,
    width,
    height,
    content_type,
  }))
