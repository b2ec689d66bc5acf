import { type PostId, tidyText, type UserId } from '@tintype/contract'
import { inChunks } from '../../kit/in-chunks.ts'
import { readComments, renewText, someCommentsOf, textsDue } from './comment-store.ts'
import type { Comments } from './comments.ts'
import { commentCounters, postCounters, recount } from './counter-store.ts'
import type { EngagementDeps } from './deps.ts'
import { erasedAmong, eraseSomeOfPost, markErased } from './erasure-store.ts'
import { eraseHeldOf } from './held-store.ts'
import { someCommentLikesOf, someLikesOf } from './like-store.ts'
import type { Likes } from './likes.ts'
import type { PostStats } from './post-stats.ts'
import { eraseSomeSaves } from './save-store.ts'

const CHUNK = 500
/** Each of a member's changes is taken back in a transaction of its own. */
const CHANGES = 100

interface UpkeepDeps extends Pick<EngagementDeps, 'db' | 'posts' | 'texts'> {
  likes: Likes
  comments: Comments
  postStats: PostStats
}

/** What facts and schedules ask of engagement. Each may be run again at any point. */
export class EngagementUpkeep {
  readonly #deps: UpkeepDeps

  constructor(deps: UpkeepDeps) {
    this.#deps = deps
  }

  /** Counts what waits, `commented`: of the posts whose comments it is about; what came after its post was erased is swept away instead. */
  async count(postIds: readonly PostId[], commented: readonly PostId[] = postIds): Promise<void> {
    const { query } = this.#deps.db
    await Promise.all([
      postCounters.apply(query, postIds),
      commented.length > 0 && commentCounters.apply(query, commented),
    ])
    await this.#deps.postStats.counted(postIds)
    for (const { post_id } of await erasedAmong(query, postIds)) await this.erasePost(post_id)
  }

  /** Counts what a consumer that gave up left behind. */
  async sweepCounters(signal?: AbortSignal): Promise<void> {
    for (const counters of [postCounters, commentCounters])
      await counters.sweep(this.#deps.db.query, (postIds) => this.count(postIds), signal)
  }

  /** Makes the counters anew from likes and comments themselves. */
  async recount(postIds: readonly PostId[]): Promise<void> {
    await recount(this.#deps.db, postIds)
    await this.#deps.postStats.counted(postIds)
  }

  /** The same for all posts; answers how many there are. */
  recountAll(signal: AbortSignal): Promise<number> {
    return inChunks<PostId>(
      (after) => this.#deps.posts.idsAfter(after, CHANGES),
      (ids) => this.recount(ids),
      signal,
    )
  }

  /** Brings some comments in line that were cut by an earlier version; true while there may be more. */
  async renewSomeTexts(): Promise<boolean> {
    const { db, texts } = this.#deps
    const due = await textsDue(db.query, CHUNK)
    for (const comment of due) {
      const text = tidyText(comment.text, 'lines') || comment.text
      // What has too many links by today's cut keeps those that it has.
      const facets = await texts.resolve(comment.user_id, text, comment).catch(() => undefined)
      await renewText(db.query, { ...comment, ...(facets && { text, facets }) })
    }
    return due.length > 0
  }

  async erasePost(postId: PostId, signal?: AbortSignal): Promise<void> {
    const { query } = this.#deps.db
    await markErased(query, postId)
    while (await eraseSomeOfPost(query, postId, CHUNK)) signal?.throwIfAborted()
    await this.#deps.postStats.counted([postId])
  }

  /** Likes, comments and saves of a deleted member; their own posts are erased by the facts of their own. */
  async eraseMember(userId: UserId, signal?: AbortSignal): Promise<void> {
    const { query } = this.#deps.db
    await eraseHeldOf(query, userId)
    while (await eraseSomeSaves(query, userId, CHUNK)) signal?.throwIfAborted()
    while (await this.#eraseSomeLikes(userId)) signal?.throwIfAborted()
    while (await this.#eraseSomeCommentLikes(userId)) signal?.throwIfAborted()
    while (await this.#eraseSomeComments(userId)) signal?.throwIfAborted()
  }

  /** A change on a post that is gone needs no fact of its own: the post's own erasure takes it. */
  async #eraseSomeLikes(userId: UserId): Promise<boolean> {
    const some = await someLikesOf(this.#deps.db.query, userId, CHANGES)
    const authors = await this.#deps.posts.authorOf(some.map((like) => like.post_id))
    for (const like of some) {
      const author_id = authors.get(like.post_id)
      if (author_id) await this.#deps.likes.removeLike({ ...like, author_id })
      else await this.erasePost(like.post_id)
    }
    return some.length === CHANGES
  }

  async #eraseSomeCommentLikes(userId: UserId): Promise<boolean> {
    const some = await someCommentLikesOf(this.#deps.db.query, userId, CHANGES)
    const comments = some.length > 0 ? await readComments(this.#deps.db.query, some) : []
    const writers = new Map(comments.map((comment) => [comment.comment_id, comment.user_id]))
    for (const like of some)
      await this.#deps.comments.removeLike(like, writers.get(like.comment_id) ?? userId)
    return some.length === CHANGES
  }

  async #eraseSomeComments(userId: UserId): Promise<boolean> {
    const some = await someCommentsOf(this.#deps.db.query, userId, CHANGES)
    const authors = await this.#deps.posts.authorOf(some.map((comment) => comment.post_id))
    for (const comment of some) {
      const authorId = authors.get(comment.post_id)
      if (authorId) await this.#deps.comments.removeComment(comment, authorId, userId)
      else await this.erasePost(comment.post_id)
    }
    return some.length === CHANGES
  }
}
