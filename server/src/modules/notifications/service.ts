import {
  type CommentId,
  type Media,
  type Notification,
  type NotificationId,
  type Page,
  type PostId,
  type StoryId,
  type SubjectRef,
  stillUrl,
  type UserId,
  type UserListEntry,
} from '@tintype/contract'
import type { Broadcast } from '../../engines/broadcast/port.ts'
import type { Db } from '../../engines/db/port.ts'
import { idCursor } from '../../kit/cursor.ts'
import { tellBadge } from '../../kit/member-channel.ts'
import { fillPage } from '../../kit/page.ts'
import { type Subjects, subjectKey } from '../subject.ts'
import * as store from './store.ts'

export interface NotificationDeps {
  db: Db
  broadcast: Pick<Broadcast, 'publish'>
  graph: {
    /** Absent: those hidden from the viewer. */
    listEntries(viewerId: UserId, ids: readonly UserId[]): Promise<Map<UserId, UserListEntry>>
  }
  subjects: Pick<Subjects, 'previews'>
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

  /** By position; undefined where the actor or what it is about is gone or hidden. */
  async #present(
    viewerId: UserId,
    rows: readonly store.NotificationRow[],
  ): Promise<(Notification | undefined)[]> {
    const { graph, subjects } = this.#deps
    const about = new Map(rows.map(({ subject }) => [subjectKey(subject), subject]))
    const [actors, previews] = await Promise.all([
      graph.listEntries(viewerId, [...new Set(rows.map((row) => row.actor_id))]),
      subjects.previews(viewerId, [...about.values()]),
    ])
    return rows.map((row): Notification | undefined => {
      const { notification_id, type, subject, read } = row
      const actor = actors.get(row.actor_id)
      const preview = previews.get(subjectKey(subject))
      if (!actor || !preview) return undefined
      return {
        notification_id,
        type,
        actor,
        ...namesOf(subject),
        excerpt: subject.kind === 'comment' ? excerptOf(preview.text) : null,
        thumbnail: preview.picture && smallest(preview.picture),
        read,
        created_at: row.created_at.toISOString(),
      }
    })
  }
}

type Names = Pick<Notification, 'post_id' | 'comment_id' | 'story_id'>

/** As the API names them. */
const namesOf = ({ kind, id, partition }: SubjectRef): Names => ({
  post_id: kind === 'post' ? (id as PostId) : kind === 'comment' ? (partition as PostId) : null,
  comment_id: kind === 'comment' ? (id as CommentId) : null,
  story_id: kind === 'story' ? (id as StoryId) : null,
})

/** Cut between characters, not inside one. */
function excerptOf(text: string): string {
  const characters = [...text]
  return characters.length <= EXCERPT ? text : `${characters.slice(0, EXCERPT - 1).join('')}…`
}

function smallest(picture: Media): string {
  const [first] = picture.variants
    .filter((variant) => variant.content_type === 'image/webp')
    .toSorted((a, b) => a.width - b.width)
  return first?.url ?? stillUrl(picture)
}
