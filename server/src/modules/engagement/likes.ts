import type { Page, PostId, UserId, UserListEntry } from '@tintype/contract'
import { groupCommit } from '../../engines/db/port.ts'
import { idCursor } from '../../kit/cursor.ts'
import { newId } from '../../kit/ids.ts'
import { fillPage } from '../../kit/page.ts'
import type { DeedDeps, PageRequest } from './deps.ts'
import * as store from './like-store.ts'
import * as saves from './save-store.ts'

export interface Liked {
  liked: boolean
  likes_count: number
}

type Like = store.PostLike & { author_id: UserId }

/** Likes of posts, and saving them for oneself. Each act twice is once. */
export class Likes {
  readonly #deps: DeedDeps
  readonly #add: (like: Like) => Promise<number>
  readonly #remove: (like: Like) => Promise<number>

  constructor(deps: DeedDeps) {
    this.#deps = deps
    this.#add = this.#gathering('post.liked', store.addLikes)
    this.#remove = this.#gathering('post.unliked', store.removeLikes)
  }

  /** The count has the viewer's own like in it already. */
  async likePost(viewerId: UserId, postId: PostId): Promise<Liked> {
    const { author_id } = await this.#deps.posts.findVisible(viewerId, postId)
    const likes_count = await this.#add({ post_id: postId, user_id: viewerId, author_id })
    await this.#deps.tallies.acted(viewerId)
    return { liked: true, likes_count }
  }

  async unlikePost(viewerId: UserId, postId: PostId): Promise<Liked> {
    const { author_id } = await this.#deps.posts.findVisible(viewerId, postId)
    const likes_count = await this.removeLike({ post_id: postId, user_id: viewerId, author_id })
    return { liked: false, likes_count }
  }

  async removeLike(like: Like): Promise<number> {
    const likes_count = await this.#remove(like)
    await this.#deps.tallies.acted(like.user_id)
    return likes_count
  }

  /** Answers the counts with them. */
  #gathering(type: 'post.liked' | 'post.unliked', change: typeof store.addLikes) {
    const { db, events, clock } = this.#deps
    return groupCommit<Like, number>(100, (likes) => {
      const facts = likes.map((payload) => ({ type, payload }))
      const deeds = likes.map(({ post_id, user_id }) => ({ post_id, user_id, deed_id: newId(clock) }))
      return change(db.query, { deeds, told: events.appendingEach(facts, 'liked') })
    })
  }

  /** Who liked it, last first. */
  async postLikes(viewerId: UserId | null, postId: PostId, query: PageRequest): Promise<Page<UserListEntry>> {
    await this.#deps.posts.findVisible(viewerId, postId)
    return fillPage<store.LikeRow, UserListEntry, string>({
      kind: 'likes',
      limit: query.limit ?? 20,
      after: idCursor('likes', query.cursor),
      read: (before, limit) => store.pageLikes(this.#deps.db.query, postId, { before, limit }),
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
    const { db, events, clock, tallies } = this.#deps
    const save = { user_id: viewerId, post_id: postId }
    const told = events.appending({ type: 'post.saved', payload: save }, 'saved')
    await saves.addSave(db.query, { ...save, save_id: newId(clock), told })
    await tallies.acted(viewerId)
    return { saved: true }
  }

  async unsavePost(viewerId: UserId, postId: PostId): Promise<{ saved: boolean }> {
    await this.#deps.posts.findVisible(viewerId, postId)
    const { db, events, tallies } = this.#deps
    const save = { user_id: viewerId, post_id: postId }
    const told = events.appending({ type: 'post.unsaved', payload: save }, 'saved')
    await saves.removeSave(db.query, { ...save, told })
    await tallies.acted(viewerId)
    return { saved: false }
  }
}
