import type { Page, PostId, UserId, UserListEntry } from '@tintype/contract'
import { idCursor } from '../../kit/cursor.ts'
import { newId } from '../../kit/ids.ts'
import { fillPage } from '../../kit/page.ts'
import { noteChanges, readCounters } from './counter-store.ts'
import type { DeedDeps, PageRequest } from './deps.ts'
import * as store from './like-store.ts'
import * as saves from './save-store.ts'

export interface Liked {
  liked: boolean
  likes_count: number
}

/** Likes of posts, and saving them for oneself. Each act twice is once. */
export class Likes {
  readonly #deps: DeedDeps

  constructor(deps: DeedDeps) {
    this.#deps = deps
  }

  /** The count has the viewer's own like in it already. */
  async likePost(viewerId: UserId, postId: PostId): Promise<Liked> {
    const { author_id } = await this.#deps.posts.findVisible(viewerId, postId)
    const like = { post_id: postId, user_id: viewerId }
    const like_id = newId<string>(this.#deps.clock)
    await this.#deps.db.tx(async (tx) => {
      if (!(await store.addLike(tx, { ...like, like_id }))) return
      await noteChanges(tx, [{ ...like, change_id: like_id, comment_id: null, likes: 1, comments: 0 }])
      await this.#deps.events.append(tx, [{ type: 'post.liked', payload: { ...like, author_id } }])
    })
    await this.#deps.tallies.acted(viewerId)
    return { liked: true, likes_count: await this.#likesCount(viewerId, postId) }
  }

  async unlikePost(viewerId: UserId, postId: PostId): Promise<Liked> {
    const { author_id } = await this.#deps.posts.findVisible(viewerId, postId)
    await this.removeLike({ post_id: postId, user_id: viewerId, author_id })
    return { liked: false, likes_count: await this.#likesCount(viewerId, postId) }
  }

  async removeLike({ author_id, ...like }: store.PostLike & { author_id: UserId }): Promise<void> {
    await this.#deps.db.tx(async (tx) => {
      if (!(await store.removeLike(tx, like))) return
      const change_id = newId<string>(this.#deps.clock)
      await noteChanges(tx, [{ ...like, change_id, comment_id: null, likes: -1, comments: 0 }])
      await this.#deps.events.append(tx, [{ type: 'post.unliked', payload: { ...like, author_id } }])
    })
    await this.#deps.tallies.acted(like.user_id)
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
    const save = { user_id: viewerId, post_id: postId }
    await this.#deps.db.tx(async (tx) => {
      if (!(await saves.addSave(tx, { ...save, save_id: newId(this.#deps.clock) }))) return
      await this.#deps.events.append(tx, [{ type: 'post.saved', payload: save }])
    })
    await this.#deps.tallies.acted(viewerId)
    return { saved: true }
  }

  async unsavePost(viewerId: UserId, postId: PostId): Promise<{ saved: boolean }> {
    await this.#deps.posts.findVisible(viewerId, postId)
    const save = { user_id: viewerId, post_id: postId }
    await this.#deps.db.tx(async (tx) => {
      if (!(await saves.removeSave(tx, save))) return
      await this.#deps.events.append(tx, [{ type: 'post.unsaved', payload: save }])
    })
    await this.#deps.tallies.acted(viewerId)
    return { saved: false }
  }

  async #likesCount(viewerId: UserId, postId: PostId): Promise<number> {
    const [counters] = await readCounters(this.#deps.db.query, [postId], viewerId)
    return counters?.likes_count ?? 0
  }
}
