import {
  type Comment,
  type CommentId,
  type Page,
  type PostId,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import { idCursor } from '../../kit/cursor.ts'
import { idTime } from '../../kit/ids.ts'
import { fillPage } from '../../kit/page.ts'
import * as store from './comment-store.ts'
import { readCommentState } from './counter-store.ts'
import type { EngagementDeps, PageRequest, VisiblePost } from './deps.ts'

/** Reads comments as a viewer sees them: those of members hidden from the viewer are left out. */
export class Threads {
  readonly #deps: EngagementDeps

  constructor(deps: EngagementDeps) {
    this.#deps = deps
  }

  /** Top-level comments, oldest first. */
  async comments(viewerId: UserId | null, postId: PostId, query: PageRequest): Promise<Page<Comment>> {
    const post = await this.#deps.posts.findVisible(viewerId, postId)
    return this.#page(viewerId, post, null, query)
  }

  /** Oldest first. */
  async replies(viewerId: UserId | null, commentId: CommentId, query: PageRequest): Promise<Page<Comment>> {
    const { post, comment } = await this.findComment(viewerId, commentId)
    return this.#page(viewerId, post, comment.comment_id, query)
  }

  /** Rejects with `not_found` where the viewer may not see the post or the one who wrote the comment. */
  async findComment(
    viewerId: UserId | null,
    commentId: CommentId,
  ): Promise<{ post: VisiblePost; comment: store.CommentRow }> {
    const comment = await this.anyComment(commentId)
    const post = await this.#deps.posts.findVisible(viewerId, comment.post_id)
    const standing = await this.#deps.graph.standing(viewerId, [comment.user_id])
    if (standing.get(comment.user_id) === 'hidden') throw new TintypeError('not_found')
    return { post, comment }
  }

  /** By id, whoever asks. */
  async anyComment(commentId: CommentId): Promise<store.CommentRow> {
    const { query } = this.#deps.db
    const post_id = await store.postOfComment(query, commentId)
    const [comment] = post_id ? await store.readComments(query, [{ post_id, comment_id: commentId }]) : []
    if (!comment) throw new TintypeError('not_found')
    return comment
  }

  /** By position; undefined where the one who wrote it is hidden from the viewer. */
  async present(
    viewerId: UserId | null,
    post: VisiblePost,
    rows: readonly store.CommentRow[],
  ): Promise<(Comment | undefined)[]> {
    const { db, users, graph } = this.#deps
    const writers = [...new Set(rows.map((row) => row.user_id))]
    const ids = rows.map((row) => row.comment_id)
    const [summaries, standing, states] = await Promise.all([
      users.summaries(writers),
      graph.standing(viewerId, writers),
      readCommentState(db.query, post.post_id, ids, viewerId),
    ])
    const state = new Map(states.map((found) => [found.comment_id, found]))
    return rows.map((row) => {
      const user = summaries.get(row.user_id)
      if (!user || standing.get(row.user_id) === 'hidden') return undefined
      const { user_id, ...comment } = row
      const found = state.get(row.comment_id)
      return {
        ...comment,
        user,
        likes_count: found?.likes_count ?? 0,
        replies_count: found?.replies_count ?? 0,
        viewer: {
          liked: found?.liked ?? false,
          can_delete: viewerId !== null && (viewerId === user_id || viewerId === post.author_id),
        },
        created_at: new Date(idTime(row.comment_id)).toISOString(),
      }
    })
  }

  #page(
    viewerId: UserId | null,
    post: VisiblePost,
    parentId: CommentId | null,
    query: PageRequest,
  ): Promise<Page<Comment>> {
    const kind = parentId === null ? 'comments' : 'replies'
    return fillPage<store.CommentRow, Comment, CommentId>({
      kind,
      limit: query.limit ?? 20,
      after: idCursor(kind, query.cursor),
      read: (after, limit) =>
        store.pageComments(this.#deps.db.query, post.post_id, parentId, { after, limit }),
      keyOf: (row) => row.comment_id,
      present: (rows) => this.present(viewerId, post, rows),
    })
  }
}
