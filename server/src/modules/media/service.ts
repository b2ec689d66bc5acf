import {
  type LinkId,
  type MediaId,
  type Rendition,
  type SubjectRef,
  TintypeError,
  type UntitledMedia,
  type UserId,
  type VideoStrip,
} from '@tintype/contract'
import { type RawBuilder, sql } from 'kysely'
import { type Entries, on } from '../../engines/cache/port.ts'
import type { Tx } from '../../engines/db/port.ts'
import type { NewEvent } from '../../engines/outbox/port.ts'
import { byField } from '../../kit/by-field.ts'
import { newId } from '../../kit/ids.ts'
import { accessOf, privacyOf } from './access.ts'
import type { MediaDeps } from './deps.ts'
import { checkFramed, type FramedFilm } from './framing.ts'
import type { Purpose } from './imaging/plan.ts'
import type { MediaLinks, Privacy } from './links.ts'
import type { Film } from './outcome.ts'
import { masterName, recipeOf } from './recipe.ts'
import type { ReadyMedia } from './store.ts'
import * as store from './store.ts'
import type { CheckedUpload, Edits, Uploads } from './uploads.ts'

/** Pictures to be made of uploads, in their order. */
export interface Attachment {
  owner_id: UserId
  /** What they are attached to: who may see them, its kind says. */
  subject: SubjectRef
  /** Which sizes are made, and whether squares. */
  purpose: Purpose
  /** They are gone from then on; kept as long as their subject unless given. */
  expires_at?: Date
  /** Links to them expire though the owner's account be open; not unless given. */
  closed?: boolean
  uploads: readonly CheckedUpload[]
  /** One for each upload. */
  media_ids: readonly MediaId[]
  edits?: readonly Edits[]
}

const NEWS = [
  on(
    [
      'media.ready',
      'media.failed',
      'media.refined',
      'media.released',
      'media.moved',
      'post.archived',
      'post.restored',
    ],
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

  /** A film in its frame. */
  checkFramed(ownerId: UserId, film: FramedFilm, purpose: Purpose): ReturnType<typeof checkFramed> {
    return checkFramed(this.#uploads, ownerId, film, purpose)
  }

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
    const rows = all.flatMap(({ owner_id, subject, purpose, uploads, media_ids, edits, ...rest }, index) =>
      uploads.map((upload, n) =>
        newMedia(upload, edits?.[n] ?? {}, {
          place: index + 1,
          media_id: media_ids[n] as MediaId,
          owner_id,
          ...store.subjectColumns(subject),
          purpose,
          expires_at: rest.expires_at ?? null,
          closed: rest.closed ?? false,
          created_at,
        }),
      ),
    )
    const events = all.map(({ media_ids, subject, owner_id, uploads }) => {
      const isFilm = uploads.some(({ kind }) => kind !== 'photo')
      const type = isFilm ? ('media.film_uploaded' as const) : ('media.uploaded' as const)
      return { type, payload: { media_ids: [...media_ids], subject, owner_id } }
    })
    return { change: store.attaching(rows), events }
  }

  /** The same as a statement of its own; rejects with `upload_already_used`. */
  async attach(tx: Tx, what: Omit<Attachment, 'media_ids'>): Promise<MediaId[]> {
    const media_ids = what.uploads.map(() => newId<MediaId>(this.#deps.clock))
    const { change, events } = this.attaching([{ ...what, media_ids }])
    const made = await this.#deps.outbox.act(tx, { change, answer: sql`select from done` }, events)
    if (made.length === 0) throw new TintypeError('upload_already_used')
    return media_ids
  }

  /**
   * Attaches what is ready to another thing: a change and its event for `Outbox.act`, to be joined with what makes that thing. Its `done`
   * has the `place` 1 where all of them were ready; where it has not, the caller takes everything back.
   */
  moving(
    ids: readonly MediaId[],
    subject: SubjectRef,
    closed: boolean,
  ): { change: RawBuilder<unknown>; events: NewEvent[] } {
    const change = store.moving(ids, store.subjectColumns(subject), closed)
    return { change, events: [{ type: 'media.moved', payload: { media_ids: [...ids] } }] }
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
   * Pictures and films with links for the viewer (null: a visitor; unless given, only those whose links are the same for all). Absent:
   * those not ready, failed, released, expired, of deleted members, and those that nobody may see.
   */
  async views(ids: readonly MediaId[], viewerId?: UserId | null): Promise<Map<MediaId, UntitledMedia>> {
    return this.#shown(ids, viewerId, (media, query) =>
      media.kind === 'voice' ? undefined : viewOf(media, query),
    )
  }

  /** Pictures and films for a moderator, whatever became of them or of their owner. */
  async reviewed(ids: readonly MediaId[]): Promise<Map<MediaId, UntitledMedia>> {
    return this.#viewsBy(ids, (id) => this.#links.reviewQuery(id))
  }

  /** The same for whoever holds a private link, whether or not it opens. */
  async shared(ids: readonly MediaId[], linkId: LinkId): Promise<Map<MediaId, UntitledMedia>> {
    return this.#viewsBy(ids, (id) => this.#links.sharedQuery(id, linkId))
  }

  async #viewsBy(
    ids: readonly MediaId[],
    queryOf: (id: MediaId) => string,
  ): Promise<Map<MediaId, UntitledMedia>> {
    const views = new Map<MediaId, UntitledMedia>()
    for (const [id, media] of await this.readyMedia(ids))
      if (media.kind !== 'voice') views.set(id, viewOf(media, queryOf(id)))
    return views
  }

  /** Recordings, likewise. */
  async voices(ids: readonly MediaId[], viewerId: UserId): Promise<Map<MediaId, VoiceView>> {
    return this.#shown(ids, viewerId, (media, query) =>
      media.kind === 'voice' ? voiceOf(media, query) : undefined,
    )
  }

  async #shown<View>(
    ids: readonly MediaId[],
    viewerId: UserId | null | undefined,
    show: (media: ReadyMedia, query: string) => View | undefined,
  ): Promise<Map<MediaId, View>> {
    const found = await this.readyMedia(ids)
    const owners = [...new Set([...found.values()].map((media) => media.owner_id))]
    const privacy = await this.#deps.members.privacyFlags(owners)
    const views = new Map<MediaId, View>()
    for (const [id, media] of found) {
      const flags = privacy.get(media.owner_id)
      const query = flags && this.#queryOf(media, flags, viewerId)
      const view = query === undefined ? undefined : show(media, query)
      if (view !== undefined) views.set(id, view)
    }
    return views
  }

  /** What goes behind the names of a picture's renditions; undefined where there is no link for the viewer. */
  #queryOf(picture: ReadyMedia, privacy: Privacy, viewerId: UserId | null | undefined): string | undefined {
    const access = this.#accessOf(picture)
    if (access === undefined || access === 'public') return access && ''
    if (access === 'link') return this.#links.query(picture.media_id, privacyOf(picture, privacy))
    return viewerId === undefined ? undefined : this.#links.viewerQuery(picture.media_id, viewerId, privacy)
  }

  #accessOf(picture: ReadyMedia) {
    return accessOf(picture, this.#deps.subjects, this.#deps.clock.now())
  }

  /** Addresses of the 150 px squares of pictures that are everybody's; those not ready are absent. */
  async avatarUrls(ids: readonly MediaId[]): Promise<Map<MediaId, string>> {
    const urls = new Map<MediaId, string>()
    for (const [id, picture] of await this.readyMedia(ids)) {
      if (picture.kind !== 'photo') continue
      const smallest = picture.renditions.at(-1)
      if (smallest && this.#accessOf(picture) === 'public') urls.set(id, `/media/${id}/${smallest.name}`)
    }
    return urls
  }

  /** All squares of an avatar, largest first; none where it is not ready. */
  async avatarRenditions(id: MediaId): Promise<Rendition[]> {
    const picture = (await this.readyMedia([id])).get(id)
    return picture?.kind === 'photo' && this.#accessOf(picture) === 'public' ? renditionsOf(picture, '') : []
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

/** What of a recording is shown. */
export interface VoiceView {
  url: string
  duration_ms: number
  waveform: number[]
}

type SeenMedia = Extract<ReadyMedia, { kind: 'photo' | 'video' }>

function viewOf(media: SeenMedia, query: string): UntitledMedia {
  const { media_id, width, height, thumbhash, dominant_color } = media
  const variants = renditionsOf(media, query)
  const still = variants[0]?.url ?? ''
  const shown = { media_id, width, height, thumbhash, dominant_color, variants }
  if (media.kind === 'photo') return { ...shown, type: 'photo', url: still }
  const { film, captions } = media
  const at = (name: string) => `/media/${media_id}/${name}${query}`
  return {
    ...shown,
    type: 'video',
    url: at(film.file.name),
    hls: film.rungs.length > 0 ? at(masterName(film.recipe)) : null,
    preview: film.preview && at(film.preview.name),
    strip: film.strip && stripOf(film.strip, at),
    poster: still,
    duration_ms: film.duration_ms,
    has_sound: film.has_sound,
    loops: film.loops,
    ...(captions && { captions: { url: at(captions.name), language: captions.language } }),
  }
}

const stripOf = (
  { name, width, height, columns, count, interval_ms }: NonNullable<Film['strip']>,
  at: (name: string) => string,
): VideoStrip => ({ url: at(name), width, height, columns, count, interval_ms })

const voiceOf = ({ media_id, voice }: Extract<ReadyMedia, { kind: 'voice' }>, query: string): VoiceView => ({
  url: `/media/${media_id}/${voice.file.name}${query}`,
  duration_ms: voice.duration_ms,
  waveform: [...voice.waveform],
})

const renditionsOf = ({ media_id, renditions }: SeenMedia, query: string): Rendition[] =>
  renditions.map(({ name, width, height, content_type }) => ({
    url: `/media/${media_id}/${name}${query}`,
    width,
    height,
    content_type,
  }))

type Placed = Omit<
  store.AttachedMedia,
  'kind' | 'upload_id' | 'original_key' | 'original_type' | 'original_sha256' | 'edit' | 'recipe'
>

/** What becomes of an upload: a row of its kind. */
function newMedia(upload: CheckedUpload, edits: Edits, placed: Placed): store.AttachedMedia {
  const { kind, sha256, object_key, type, upload_id } = upload
  const edit = kind === 'voice' ? {} : (edits[kind] ?? {})
  const recipe = recipeOf({ kind, sha256, edit, purpose: placed.purpose })
  const original = { original_key: object_key, original_type: type, original_sha256: sha256 }
  return { ...placed, upload_id, kind, edit, recipe, ...original } as store.AttachedMedia
}
