import type { Notification, NotificationId, NotificationType, Page, UserId } from '@tintype/contract'
import type { Broadcast } from '../../engines/broadcast/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import { idCursor } from '../../kit/cursor.ts'
import { tellBadge } from '../../kit/member-channel.ts'
import { fillPage } from '../../kit/page.ts'
import type { Notices } from '../notice.ts'
import { markRead } from './group-store.ts'
import * as store from './list-store.ts'
import { type ShowDeps, type Shown, showGroups } from './show.ts'

export interface NotificationDeps extends ShowDeps {
  db: Db
  notices: readonly Pick<Notices, 'ofOthers'>[]
  broadcast: Pick<Broadcast, 'publish'>
  outbox: Pick<Outbox, 'append'>
}

/** Unread ones about what others made that are looked at for the badge; older ones are counted as they are. */
const JUDGED = 200

/** What a member is told, and how much of it they have not read. */
export class NotificationService {
  readonly #deps: NotificationDeps
  readonly #ofOthers: readonly NotificationType[]

  constructor(deps: NotificationDeps) {
    this.#deps = deps
    this.#ofOthers = [...new Set(deps.notices.flatMap(({ ofOthers = [] }) => ofOthers))]
  }

  /** Newest first. What the member may no longer see is left out. */
  async list(viewerId: UserId, query: { cursor?: string; limit?: number }): Promise<Page<Notification>> {
    return fillPage<store.ListedGroup, Notification, NotificationId>({
      kind: 'notifications',
      limit: query.limit ?? 20,
      after: idCursor('notifications', query.cursor),
      read: (before, limit) => store.pageGroups(this.#deps.db.query, viewerId, { before, limit }),
      keyOf: (group) => group.latest_id,
      present: async (groups) =>
        (await showGroups(this.#deps, viewerId, groups)).map((shown) => shown?.notification),
    })
  }

  /** Those of these groups that are unread and not all hidden, as they are now; by id. */
  async unreadAmong(viewerId: UserId, ids: readonly NotificationId[]): Promise<Map<NotificationId, Shown>> {
    return this.#shown(viewerId, await store.unreadAmong(this.#deps.db.query, viewerId, ids))
  }

  /** What is unread of what came since then, newest first. */
  async unreadSince(viewerId: UserId, since: Date, limit: number): Promise<Shown[]> {
    const groups = await store.unreadSince(this.#deps.db.query, viewerId, since, limit)
    return [...(await this.#shown(viewerId, groups)).values()]
  }

  async unreadCount(userId: UserId): Promise<number> {
    return (await this.countUnread([userId])).get(userId) ?? 0
  }

  /** As many as the list would show as unread; every id asked gets an answer. */
  async countUnread(ids: readonly UserId[]): Promise<Map<UserId, number>> {
    const counts = new Map(ids.map((id) => [id, 0]))
    const { db } = this.#deps
    for (const { user_id, own, others } of await store.countUnread(db.query, ids, this.#ofOthers)) {
      const groups = others === 0 ? [] : await store.unreadOfOthers(db.query, user_id, this.#ofOthers, JUDGED)
      const seen = await this.#shown(user_id, groups)
      counts.set(user_id, own + others - groups.length + seen.size)
    }
    return counts
  }

  /** Up to and including one; all unless given. */
  async markRead(viewerId: UserId, upTo: NotificationId | undefined): Promise<{ unread_count: number }> {
    const { db, outbox } = this.#deps
    await db.tx(async (tx) => {
      const ended = await markRead(tx, viewerId, upTo)
      if (ended.length === 0) return
      const payload = { user_id: viewerId, begun: [], ended }
      await outbox.append(tx, [{ type: 'notifications.changed', payload }])
    })
    await this.tellUnread([viewerId])
    return { unread_count: await this.unreadCount(viewerId) }
  }

  /** After what these members are told has changed: their badges follow. */
  async tellUnread(userIds: Iterable<UserId>): Promise<void> {
    const ids = [...new Set(userIds)]
    if (ids.length === 0) return
    // An app that is not reached asks when it is opened; nothing waits for it here.
    await tellBadge(this.#deps.broadcast, 'notifications.unread', ids).catch(() => {})
  }

  async #shown(viewerId: UserId, groups: readonly store.ListedGroup[]): Promise<Map<NotificationId, Shown>> {
    const shown = await showGroups(this.#deps, viewerId, groups)
    return new Map(shown.flatMap((one) => (one ? [[one.notification.group_id, one]] : [])))
  }
}
