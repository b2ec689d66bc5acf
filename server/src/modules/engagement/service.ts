import type { CommentId, Page, PostId, UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import { idCursor } from '../../kit/cursor.ts'
import { fillPage } from '../../kit/page.ts'
import { readComments } from './comment-store.ts'
import { readCounters } from './counter-store.ts'
import * as likes from './like-store.ts'
import * as saves from './save-store.ts'

export interface ViewerState {
  liked: boolean
  saved: boolean
}
export interface Counters {
  likes_count: number
  comments_count: number
}

/** What other modules read of engagement: batched, one round trip each, no judgement of who may see what. */
export class EngagementService {
  readonly #db: Db

  constructor({ db }: { db: Db }) {
    this.#db = db
  }

  /** Every post asked gets an answer. */
  async viewerState(viewerId: UserId, postIds: readonly PostId[]): Promise<Map<PostId, ViewerState>> {
    const states = new Map<PostId, ViewerState>(postIds.map((id) => [id, { liked: false, saved: false }]))
    for (const { post_id, saved } of await saves.viewerState(this.#db.query, viewerId, postIds)) {
      const state = states.get(post_id)
      if (state) state[saved ? 'saved' : 'liked'] = true
    }
    return states
  }

  /** Every post asked gets an answer. What `viewerId` did is in it at once, what others did a moment later. */
  async counters(postIds: readonly PostId[], viewerId: UserId | null = null): Promise<Map<PostId, Counters>> {
    const counters = new Map<PostId, Counters>(
      postIds.map((id) => [id, { likes_count: 0, comments_count: 0 }]),
    )
    for (const { post_id, ...counted } of await readCounters(this.#db.query, postIds, viewerId))
      counters.set(post_id, counted)
    return counters
  }

  /** What a member saved, last saved first, whether or not they may still see it. */
  async savedPage(
    userId: UserId,
    cursor: string | undefined,
    limit: number,
  ): Promise<Page<{ post_id: PostId }>> {
    return fillPage<saves.SaveRow, { post_id: PostId }, string>({
      kind: 'saved',
      limit,
      after: idCursor('saved', cursor),
      read: (before, count) => saves.pageSaves(this.#db.query, userId, { before, limit: count }),
      keyOf: (row) => row.save_id,
      present: async (rows) => rows.map(({ post_id }) => ({ post_id })),
    })
  }

  /** Those of the likes that stand right now. */
  async standingLikes(of: readonly likes.PostLike[]): Promise<likes.PostLike[]> {
    return of.length === 0 ? [] : likes.standingLikes(this.#db.query, of)
  }

  async standingCommentLikes(of: readonly likes.CommentLike[]): Promise<likes.CommentLike[]> {
    return of.length === 0 ? [] : likes.standingCommentLikes(this.#db.query, of)
  }

  /** The texts of comments, by id; those deleted are absent. */
  async commentTexts(
    refs: readonly { post_id: PostId; comment_id: CommentId }[],
  ): Promise<Map<CommentId, string>> {
    const rows = refs.length === 0 ? [] : await readComments(this.#db.query, refs)
    return new Map(rows.map((row) => [row.comment_id, row.text]))
  }
}
