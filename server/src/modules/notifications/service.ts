import {
  type CommentId,
  type MediaId,
  type Notification,
  type NotificationId,
  type Page,
  type PostId,
  type StoryId,
  stillUrl,
  type UntitledMedia,
  type UserId,
  type UserListEntry,
} from '@tintype/contract'
import type { Broadcast } from '../../engines/broadcast/port.ts'
import type { Db } from '../../engines/db/port.ts'
import { idCursor } from '../../kit/cursor.ts'
import { tellBadge } from '../../kit/member-channel.ts'
import { fillPage } from '../../kit/page.ts'
import * as store from './store.ts'

export interface NotificationDeps {
  db: Db
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
  stories: {
    visible(viewerId: UserId, ids: readonly StoryId[]): Promise<Map<StoryId, { media_id: MediaId }>>
  }
  media: { views(ids: readonly MediaId[], viewerId: UserId): Promise<Map<MediaId, UntitledMedia>> }
  engagement: {
    commentTexts(
      viewerId: UserId,
      refs: readonly { post_id: PostId; comment_id: CommentId }[],
    ): Promise<Map<CommentId, string>>
  }
}

const EXCERPT = 140
/** Unread ones about others' posts that are looked at for the badge; older ones are counted as they are. */
const JUDGED = 200

/** What a member is told, and how much of it they have not read. */
export class NotificationService {
  readonly #deps: NotificationDeps

  constructor(deps: NotificationDeps) {
    this.#deps = deps
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
    return (await this.countUnread([userId])).get(userId) ?? 0
  }

  /** As many as the list would show as unread; every id asked gets an answer. */
  async countUnread(ids: readonly UserId[]): Promise<Map<UserId, number>> {
    const counts = new Map(ids.map((id) => [id, 0]))
    const { db } = this.#deps
    for (const { user_id, own, others } of await store.countUnread(db.query, ids)) {
      const rows = others === 0 ? [] : await store.unreadOfOthers(db.query, user_id, JUDGED)
      const seen = (await this.#present(user_id, rows)).filter((shown) => shown !== undefined)
      counts.set(user_id, own + others - rows.length + seen.length)
    }
    return counts
  }

  /** Up to and including one; all unless given. */
  async markRead(viewerId: UserId, upTo: NotificationId | undefined): Promise<{ unread_count: number }> {
    await store.markRead(this.#deps.db.query, viewerId, upTo)
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

  /** By position; undefined where the actor, the post or the comment is gone or hidden. */
  async #present(
    viewerId: UserId,
    rows: readonly store.NotificationRow[],
  ): Promise<(Notification | undefined)[]> {
    const { graph, posts, stories, media, engagement } = this.#deps
    const postIds = [...new Set(rows.flatMap((row) => row.post_id ?? []))]
    const comments = rows.flatMap(({ post_id, comment_id }) =>
      post_id && comment_id ? [{ post_id, comment_id }] : [],
    )
    const storyIds = [...new Set(rows.flatMap((row) => row.story_id ?? []))]
    const [actors, visible, seenStories, texts] = await Promise.all([
      graph.listEntries(viewerId, [...new Set(rows.map((row) => row.actor_id))]),
      posts.visible(viewerId, postIds),
      stories.visible(viewerId, storyIds),
      engagement.commentTexts(viewerId, comments),
    ])
    const firsts = [...visible.values()].flatMap((post) => post.media[0]?.media_id ?? [])
    const ofStories = [...seenStories.values()].map((story) => story.media_id)
    const pictures = await media.views([...firsts, ...ofStories], viewerId)
    return rows.map((row): Notification | undefined => {
      const { notification_id, type, post_id, comment_id, story_id, read } = row
      const actor = actors.get(row.actor_id)
      const post = post_id ? visible.get(post_id) : undefined
      const text = comment_id ? texts.get(comment_id) : undefined
      const story = story_id ? seenStories.get(story_id) : undefined
      if (!actor || (post_id && !post) || (comment_id && text === undefined) || (story_id && !story))
        return undefined
      const first = story ?? post?.media[0]
      return {
        notification_id,
        type,
        actor,
        post_id,
        comment_id,
        story_id,
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

function smallest(picture: UntitledMedia | undefined): string | null {
  if (!picture) return null
  const [first] = picture.variants
    .filter((variant) => variant.content_type === 'image/webp')
    .toSorted((a, b) => a.width - b.width)
  return first?.url ?? stillUrl(picture)
}
