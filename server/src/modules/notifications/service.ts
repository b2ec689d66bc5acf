import type {
  CommentId,
  Media,
  MediaId,
  Notification,
  NotificationId,
  Page,
  PostId,
  UserId,
  UserListEntry,
} from '@tintype/contract'
import type { Broadcast } from '../../engines/broadcast/port.ts'
import type { Cache, Entries } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import { idCursor } from '../../kit/cursor.ts'
import { tellUnread } from '../../kit/member-channel.ts'
import { fillPage } from '../../kit/page.ts'
import * as store from './store.ts'

export interface NotificationDeps {
  db: Db
  cache: Cache
  broadcast: Pick<Broadcast, 'publish'>
  graph: {
    /** Absent: those hidden from the viewer. */
    listEntries(viewerId: UserId, ids: readonly UserId[]): Promise<Map<UserId, UserListEntry>>
  }
  posts: {
    /** Absent: those the viewer may not see. */
    visible(
      viewerId: UserId,
      ids: readonly PostId[],
    ): Promise<Map<PostId, { media: readonly { media_id: MediaId }[] }>>
  }
  media: { views(ids: readonly MediaId[]): Promise<Map<MediaId, Omit<Media, 'alt_text'>>> }
  engagement: {
    commentTexts(
      viewerId: UserId,
      refs: readonly { post_id: PostId; comment_id: CommentId }[],
    ): Promise<Map<CommentId, string>>
  }
}

const EXCERPT = 140

/** What a member is told, and how much of it they have not read. */
export class NotificationService {
  readonly #deps: NotificationDeps
  readonly #unread: Entries<UserId, number>

  constructor(deps: NotificationDeps) {
    this.#deps = deps
    this.#unread = deps.cache.entries('unread', { ttl: 3600 })
  }

  /** Newest first. What the member may no longer see is left out. */
  async list(viewerId: UserId, query: { cursor?: string; limit?: number }): Promise<Page<Notification>> {
    return fillPage<store.NotificationRow, Notification, NotificationId>({
      kind: 'notifications',
      limit: query.limit ?? 20,
      after: idCursor('notifications', query.cursor),
      read: (before, limit) => store.pageNotifications(this.#deps.db.query, viewerId, { before, limit }),
      keyOf: (row) => row.notification_id,
      present: (rows) => this.#present(viewerId, rows),
    })
  }

  async unreadCount(userId: UserId): Promise<number> {
    return this.#unread.through(userId, () => this.#count(userId))
  }

  /** As it is now, past the cache; every id asked gets an answer. */
  async countUnread(ids: readonly UserId[]): Promise<Map<UserId, number>> {
    const counts = new Map(ids.map((id) => [id, 0]))
    for (const { user_id, count } of await store.countUnread(this.#deps.db.query, ids))
      counts.set(user_id, count)
    return counts
  }

  /** Up to and including one; all unless given. */
  async markRead(viewerId: UserId, upTo: NotificationId | undefined): Promise<{ unread_count: number }> {
    await store.markRead(this.#deps.db.query, viewerId, upTo)
    await this.tellUnread([viewerId])
    return { unread_count: await this.#count(viewerId) }
  }

  /** After what these members are told has changed: their badges follow. */
  async tellUnread(userIds: Iterable<UserId>): Promise<void> {
    const ids = [...new Set(userIds)]
    if (ids.length === 0) return
    await this.#unread.del(ids)
    // An app that is not reached asks when it is opened; nothing waits for it here.
    await tellUnread(this.#deps.broadcast, ids).catch(() => {})
  }

  async #count(userId: UserId): Promise<number> {
    return (await this.countUnread([userId])).get(userId) ?? 0
  }

  /** By position; undefined where the actor, the post or the comment is gone or hidden. */
  async #present(
    viewerId: UserId,
    rows: readonly store.NotificationRow[],
  ): Promise<(Notification | undefined)[]> {
    const { graph, posts, media, engagement } = this.#deps
    const postIds = [...new Set(rows.flatMap((row) => row.post_id ?? []))]
    const comments = rows.flatMap(({ post_id, comment_id }) =>
      post_id && comment_id ? [{ post_id, comment_id }] : [],
    )
    const [actors, visible, texts] = await Promise.all([
      graph.listEntries(viewerId, [...new Set(rows.map((row) => row.actor_id))]),
      posts.visible(viewerId, postIds),
      engagement.commentTexts(viewerId, comments),
    ])
    const firsts = [...visible.values()].flatMap((post) => post.media[0]?.media_id ?? [])
    const pictures = await media.views(firsts)
    return rows.map((row): Notification | undefined => {
      const { notification_id, type, post_id, comment_id, read } = row
      const actor = actors.get(row.actor_id)
      const post = post_id ? visible.get(post_id) : undefined
      const text = comment_id ? texts.get(comment_id) : undefined
      if (!actor || (post_id && !post) || (comment_id && text === undefined)) return undefined
      const first = post?.media[0]
      return {
        notification_id,
        type,
        actor,
        post_id,
        comment_id,
        excerpt: text === undefined ? null : excerptOf(text),
        thumbnail: first ? smallest(pictures.get(first.media_id)) : null,
        read,
        created_at: row.created_at.toISOString(),
      }
    })
  }
}

/** Cut between characters, not inside one. */
function excerptOf(text: string): string {
  const characters = [...text]
  return characters.length <= EXCERPT ? text : `${characters.slice(0, EXCERPT - 1).join('')}…`
}

function smallest(picture: Omit<Media, 'alt_text'> | undefined): string | null {
  if (!picture) return null
  const [first] = picture.variants
    .filter((variant) => variant.content_type === 'image/webp')
    .toSorted((a, b) => a.width - b.width)
  return first?.url ?? picture.url
}
