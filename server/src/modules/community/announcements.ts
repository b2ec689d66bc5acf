import {
  type Announcement,
  type AnnouncementId,
  limits,
  type Page,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import { type Cache, type Entries, on } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import { byField } from '../../kit/by-field.ts'
import type { Clock } from '../../kit/clock.ts'
import { idCursor, pageOf } from '../../kit/cursor.ts'
import { idTime, newId } from '../../kit/ids.ts'
import type { Members } from '../members/api.ts'
import * as store from './announcement-store.ts'

export interface AnnouncementDeps {
  db: Db
  cache: Cache
  outbox: Pick<Outbox, 'append'>
  clock: Clock
  members: Pick<Members, 'idsAfter'>
}

/** Members told by one event. */
const CHUNK = 100
const KIND = 'announcements'

/** What the owner tells all members. */
export class Announcements {
  readonly #deps: AnnouncementDeps
  readonly #known: Entries<AnnouncementId, store.AnnouncementRow>

  constructor(deps: AnnouncementDeps) {
    this.#deps = deps
    const forgets = [
      on(['announcement.deleted'], ({ announcement_id }: { announcement_id: AnnouncementId }) => [
        announcement_id,
      ]),
    ]
    this.#known = deps.cache.entries('announcement', { ttl: 300, shared: true, forgets })
  }

  async make(authorId: UserId, text: string, reservedId: string | undefined): Promise<Announcement> {
    const { db, outbox, clock } = this.#deps
    const announcement_id = (reservedId ?? newId(clock)) as AnnouncementId
    const row = { announcement_id, text }
    await db.tx(async (tx) => {
      if (!(await store.insertAnnouncement(tx, row))) return
      await outbox.append(tx, [
        { type: 'announcement.made', payload: { announcement_id, author_id: authorId } },
      ])
    })
    return shown(row)
  }

  /** Newest first. */
  async page(query: { cursor?: string; limit?: number }): Promise<Page<Announcement>> {
    const { limit = limits.pageDefault } = query
    const before = idCursor<AnnouncementId>(KIND, query.cursor)
    const rows = await store.pageAnnouncements(this.#deps.db.query, before, limit + 1)
    const page = pageOf(KIND, rows, limit, (row) => [row.announcement_id])
    return { ...page, items: page.items.map(shown) }
  }

  async delete(announcement_id: AnnouncementId): Promise<void> {
    const { db, outbox } = this.#deps
    await db.tx(async (tx) => {
      if (!(await store.deleteAnnouncement(tx, announcement_id))) throw new TintypeError('not_found')
      await outbox.append(tx, [{ type: 'announcement.deleted', payload: { announcement_id } }])
    })
  }

  /** Those that there are. Kept: every member who is told asks for the same one. */
  async byIds(ids: readonly AnnouncementId[]): Promise<store.AnnouncementRow[]> {
    const found = await this.#known.throughMany(ids, async (missing) =>
      byField(await store.readAnnouncements(this.#deps.db.query, missing), 'announcement_id'),
    )
    return found.filter((row) => row !== undefined)
  }

  /** Everybody who was a member then but its author, some at a time; a notice that is told again is the same notice. */
  async tell(announcement_id: AnnouncementId, authorId: UserId, signal: AbortSignal): Promise<void> {
    const { db, outbox, members } = this.#deps
    for (let after: UserId | undefined; ; ) {
      signal.throwIfAborted()
      if ((await store.readAnnouncements(db.query, [announcement_id])).length === 0) return
      const some = await members.idsAfter(after, CHUNK)
      // Ids are in the order of time: whoever came since reads it in the list.
      const member_ids = some.filter((id) => id !== authorId && `${id}` < announcement_id)
      if (member_ids.length > 0)
        await db.tx((tx) =>
          outbox.append(tx, [{ type: 'announcement.told', payload: { announcement_id, member_ids } }]),
        )
      after = some.at(-1)
      if (after === undefined || some.length < CHUNK) return
    }
  }
}

const shown = ({ announcement_id, text }: store.AnnouncementRow): Announcement => ({
  announcement_id,
  text,
  created_at: new Date(idTime(announcement_id)).toISOString(),
})
