import type { MediaId, UserId } from '@tintype/contract'
import { dayOf } from '../../kit/ids.ts'
import type { MediaDeps } from './deps.ts'
import { extensionOf } from './originals.ts'
import * as store from './store.ts'

/** A file as an archive of its owner has it. */
export interface ArchivedFile {
  /** Inside the archive. */
  name: string
  /** Where its bytes are. */
  key: string
  created_at: Date
}

export interface ArchivedMedia {
  media_id: MediaId
  original: ArchivedFile
  /** What of it is shown in a browser: a picture of about 1080 pixels; a film's still. */
  shown: ArchivedFile | undefined
}

const SHOWN_EDGE = 1080
/** What is to be seen once is in no archive. */
const LEFT_OUT = 'message_once'

type Row = Pick<store.MediaRow, 'media_id' | 'original_type' | 'created_at'>

/** Names in archives say when a file came and which it is; the same at every time. */
const originalName = ({ media_id, original_type, created_at }: Row): string => {
  const day = dayOf(created_at.getTime())
  return `media/${day.slice(0, 7)}/${day}-${media_id}.${extensionOf(original_type)}`
}
const shownName = (id: MediaId): string => `shown/${id}.webp`

/** Files as their owner takes them along. */
export class MediaArchiving {
  readonly #deps: Pick<MediaDeps, 'db' | 'clock'>

  constructor(deps: Pick<MediaDeps, 'db' | 'clock'>) {
    this.#deps = deps
  }

  /** By id, those that can still be shown; and from where to go on, null at the end. */
  async filesOf(
    ownerId: UserId,
    after: MediaId | null,
    limit: number,
  ): Promise<{ files: ArchivedMedia[]; next: MediaId | null }> {
    const { db, clock } = this.#deps
    const ids = await store.ownedAfter(db.query, ownerId, after, limit)
    const rows = await store.readMedia(db.query, ids)
    const now = clock.now()
    const files = rows
      .filter((row) => isKept(row, now))
      .map((row) => ({
        media_id: row.media_id,
        original: { name: originalName(row), key: row.original_key, created_at: row.created_at },
        shown: shownOf(row),
      }))
      .sort((one, other) => (one.media_id < other.media_id ? -1 : 1))
    return { files, next: ids.length < limit ? null : (ids.at(-1) ?? null) }
  }

  countOf(ownerId: UserId): Promise<number> {
    return store.countOwned(this.#deps.db.query, ownerId)
  }

  /** What files of theirs are called in the archive; absent: not in it. */
  async namesOf(ownerId: UserId, ids: readonly MediaId[]): Promise<Map<MediaId, ArchivedNames>> {
    const now = this.#deps.clock.now()
    const rows = await store.readMedia(this.#deps.db.query, ids)
    return new Map(
      rows
        .filter((row) => row.owner_id === ownerId && isKept(row, now))
        .map((row) => [
          row.media_id,
          { file: originalName(row), shown: shownOf(row)?.name ?? null, type: row.original_type },
        ]),
    )
  }
}

export interface ArchivedNames {
  file: string
  shown: string | null
  type: string
}

const isKept = (row: store.MediaRow, now: number): boolean =>
  row.state === 'ready' &&
  row.released_at === null &&
  row.purpose !== LEFT_OUT &&
  (row.expires_at === null || row.expires_at.getTime() > now)

function shownOf(row: store.MediaRow): ArchivedFile | undefined {
  const { outcome, media_id, created_at } = row
  if (!outcome || outcome.kind === 'voice') return undefined
  // Largest first.
  const sizes = outcome.renditions.filter(({ content_type }) => content_type === 'image/webp')
  const fitting = sizes.find(({ width }) => width <= SHOWN_EDGE) ?? sizes.at(-1)
  return fitting && { name: shownName(media_id), key: fitting.key, created_at }
}
