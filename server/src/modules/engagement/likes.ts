import type { Page, PostId, UserId, UserListEntry } from '@tintype/contract'
import { groupCommit, type Sql, type Tx } from '../../engines/db/port.ts'
import { idCursor } from '../../kit/cursor.ts'
import { newId } from '../../kit/ids.ts'
import { fillPage } from '../../kit/page.ts'
import type { EngagementDeps, PageRequest, VisiblePost } from './deps.ts'
import * as store from './like-store.ts'
import * as saves from './save-store.ts'

export interface Liked {
  liked: boolean
  likes_count: number
}

type Like = store.PostLike & { author_id: UserId }

/** Likes of posts, and saving them for oneself. Each act twice is once. */
export class Likes {
  readonly #deps: EngagementDeps
  readonly #add: (like: Like) => Promise<number>
  readonly #remove: (like: Like) => Promise<number>

  constructor(deps: EngagementDeps) {
    this.#deps = deps
    this.#add = this.#gathering('post.liked', store.addingLikes)
    this.#remove = this.#gathering('post.unliked', store.removingLikes)
  }

  /** The count has the viewer's own like in it already. */
  async likePost(viewerId: UserId, postId: PostId): Promise<Liked> {
    const post = await this.#deps.posts.findVisible(viewerId, postId)
    const { author_id } = post
    const likes_count = await this.#add({ post_id: postId, user_id: viewerId, author_id })
    return { liked: true, likes_count: isSecret(post, viewerId) ? 1 : likes_count }
  }

  async unlikePost(viewerId: UserId, postId: PostId): Promise<Liked> {
    const post = await this.#deps.posts.findVisible(viewerId, postId)
    const { author_id } = post
    const likes_count = await this.removeLike({ post_id: postId, user_id: viewerId, author_id })
    return { liked: false, likes_count: isSecret(post, viewerId) ? 0 : likes_count }
  }

  async removeLike(like: Like): Promise<number> {
    const likes_count = await this.#remove(like)
    return likes_count
  }

  /** Answers the counts with them. */
  #gathering(type: 'post.liked' | 'post.unliked', changing: typeof store.addingLikes) {
    const { db, outbox, clock } = this.#deps
    return groupCommit<Like, number>(100, async (likes) => {
      const facts = likes.map((payload) => ({ type, payload }))
      const changes = likes.map(({ post_id, user_id }) => ({
        post_id,
        user_id,
        change_id: newId<string>(clock),
      }))
      const counts = await outbox.act(db.query, changing(changes), facts)
      return counts.map((row) => row.likes_count)
    })
  }

  /** Who liked it, last first; nobody where the number is the author's to know. */
  async postLikes(viewerId: UserId | null, postId: PostId, query: PageRequest): Promise<Page<UserListEntry>> {
    const post = await this.#deps.posts.findVisible(viewerId, postId)
    if (isSecret(post, viewerId)) return { items: [], next_cursor: null }
    return fillPage<store.LikeRow, UserListEntry, string>({
      kind: 'likes',
      limit: query.limit ?? 20,
      after: idCursor('likes', query.cursor),
      read: (before, limit) => store.pageLikes(this.#deps.db.replica, postId, { before, limit }),
      keyOf: (row) => row.like_id,
      present: async (rows) => {
        const ids = rows.map((row) => row.user_id)
        const entries = await this.#deps.graph.listEntries(viewerId, ids)
        return ids.map((id) => entries.get(id))
      },
    })
  }

  async savePost(viewerId: UserId, postId: PostId): Promise<{ saved: boolean }> {
    await this.#deps.posts.findVisible(viewerId, postId)
    await this.addSave(this.#deps.db.query, { user_id: viewerId, post_id: postId })
    return { saved: true }
  }

  /** Of a post that the member may see: whoever calls has asked. */
  async addSave(db: Sql | Tx, save: saves.Save): Promise<void> {
    const { outbox, clock } = this.#deps
    const change = saves.addingSave({ ...save, save_id: newId(clock) })
    await outbox.act(db, change, [{ type: 'post.saved', payload: save }])
  }

  async unsavePost(viewerId: UserId, postId: PostId): Promise<{ saved: boolean }> {
    await this.#deps.posts.findVisible(viewerId, postId)
    const { db, outbox } = this.#deps
    const save = { user_id: viewerId, post_id: postId }
    await outbox.act(db.query, saves.removingSave(save), [{ type: 'post.unsaved', payload: save }])
    return { saved: false }
  }
}

/** Only the author is to know how many there are. */
const isSecret = ({ likes_hidden, author_id }: VisiblePost, viewerId: UserId | null): boolean =>
  likes_hidden && author_id !== viewerId
