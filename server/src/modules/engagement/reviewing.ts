import {
  type Comment,
  type CommentId,
  type Page,
  type PostId,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import { idCursor } from '../../kit/cursor.ts'
import { fillPage } from '../../kit/page.ts'
import type { CommentRow } from './comment-store.ts'
import type { Comments } from './comments.ts'
import type { EngagementDeps, PageRequest, VisiblePost } from './deps.ts'
import { pageHeld } from './held-store.ts'
import { pinComment, unpinComment } from './pin-store.ts'
import type { Threads } from './threads.ts'

/** What the author of a post does with the comments on it. To all others it is as if there were none. */
export class Reviewing {
  readonly #deps: EngagementDeps
  readonly #threads: Threads
  readonly #comments: Pick<Comments, 'publishHeld'>

  constructor(deps: EngagementDeps, threads: Threads, comments: Pick<Comments, 'publishHeld'>) {
    this.#deps = deps
    this.#threads = threads
    this.#comments = comments
  }

  /** Rejects with `not_found`, `pins_full` or `reply_not_pinnable`. One that is pinned stays where it is. */
  async pin(authorId: UserId, commentId: CommentId): Promise<Comment> {
    const { post, comment } = await this.#underOwn(authorId, commentId)
    if (comment.held) throw new TintypeError('not_found')
    if (comment.parent_comment_id !== null) throw new TintypeError('reply_not_pinnable')
    const outcome = await pinComment(this.#deps.db.query, post.post_id, commentId)
    if (outcome === 'full') throw new TintypeError('pins_full')
    if (outcome === 'gone') throw new TintypeError('not_found')
    return this.#show(authorId, post, { ...comment, pinned: true })
  }

  async unpin(authorId: UserId, commentId: CommentId): Promise<Comment> {
    const { post, comment } = await this.#underOwn(authorId, commentId)
    await unpinComment(this.#deps.db.query, post.post_id, commentId)
    return this.#show(authorId, post, comment)
  }

  /** Newest first; of one post, where it is named. */
  held(authorId: UserId, { post_id, ...query }: PageRequest & { post_id?: PostId }): Promise<Page<Comment>> {
    return fillPage<CommentRow, Comment, CommentId>({
      kind: 'held',
      limit: query.limit ?? 20,
      after: idCursor('held', query.cursor),
      read: (before, limit) => pageHeld(this.#deps.db.query, authorId, { postId: post_id, before, limit }),
      keyOf: (row) => row.comment_id,
      present: async (rows) => {
        const byPost = Map.groupBy(rows, (row) => row.post_id)
        const shown = await Promise.all(
          [...byPost].map(([id, some]) =>
            this.#threads.present(authorId, { post_id: id, author_id: authorId }, some),
          ),
        )
        const byId = new Map(shown.flat().map((comment) => [comment?.comment_id, comment]))
        return rows.map((row) => byId.get(row.comment_id))
      },
    })
  }

  /** Everybody sees it from now on, and who is concerned is told as if it had been written now. Twice is once. */
  async approve(authorId: UserId, commentId: CommentId): Promise<Comment> {
    const { post, comment } = await this.#underOwn(authorId, commentId)
    if (comment.held) await this.#comments.publishHeld(post, commentId)
    const { held: _, ...approved } = comment
    return this.#show(authorId, post, approved)
  }

  async #underOwn(authorId: UserId, commentId: CommentId) {
    const comment = await this.#threads.anyComment(commentId)
    const post = await this.#deps.posts.findVisible(authorId, comment.post_id)
    if (post.author_id !== authorId) throw new TintypeError('not_found')
    return { post, comment }
  }

  async #show(authorId: UserId, post: VisiblePost, row: CommentRow): Promise<Comment> {
    const [comment] = await this.#threads.present(authorId, post, [row])
    if (!comment) throw new TintypeError('not_found')
    return comment
  }
}
