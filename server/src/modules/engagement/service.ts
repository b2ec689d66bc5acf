import {
  type CommentId,
  hashtagsOf,
  limits,
  type Page,
  type PostId,
  parseFacets,
  type UserId,
} from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import { idCursor } from '../../kit/cursor.ts'
import { fillPage } from '../../kit/page.ts'
import { existingComments, taggedTexts } from './comment-store.ts'
import * as likes from './like-store.ts'
import type { Likes } from './likes.ts'
import type { Counters, PostStats, PostStatsPage } from './post-stats.ts'
import * as saves from './save-store.ts'

/** What other modules ask of engagement: batched, one round trip each, no judgement of who may see what. */
export class EngagementService {
  readonly #db: Db
  readonly #postStats: PostStats
  readonly #likes: Pick<Likes, 'addSave'>

  constructor({ db, postStats, likes }: { db: Db; postStats: PostStats; likes: Pick<Likes, 'addSave'> }) {
    this.#db = db
    this.#likes = likes
    this.#postStats = postStats
  }

  /** See PostStats. */
  postStats(viewerId: UserId | null, postIds: readonly PostId[]): Promise<PostStatsPage> {
    return this.#postStats.of(viewerId, postIds)
  }

  /** See PostStats. */
  counters(postIds: readonly PostId[], viewerId: UserId | null = null): Promise<Counters[]> {
    return this.#postStats.counters(postIds, viewerId)
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

  /** Saves a post, which the member may see, with what else a transaction does. */
  saveIn(tx: Tx, save: saves.Save): Promise<void> {
    return this.#likes.addSave(tx, save)
  }

  /** Past every cache. */
  isSaved(save: saves.Save): Promise<boolean> {
    return saves.isSaved(this.#db.query, save)
  }

  /** Those of the likes that stand right now. */
  async existingLikes(of: readonly likes.PostLike[]): Promise<likes.PostLike[]> {
    return of.length === 0 ? [] : likes.existingLikes(this.#db.query, of)
  }

  async existingCommentLikes(of: readonly likes.CommentLike[]): Promise<likes.CommentLike[]> {
    return of.length === 0 ? [] : likes.existingCommentLikes(this.#db.query, of)
  }

  async existingComments(of: readonly { post_id: PostId; comment_id: CommentId }[]): Promise<Set<CommentId>> {
    return new Set(of.length === 0 ? [] : await existingComments(this.#db.query, of))
  }

  /** The hashtags of what a member wrote under a post, as many as a caption may have. */
  async hashtagsBy(postId: PostId, writerId: UserId): Promise<string[]> {
    const texts = await taggedTexts(this.#db.query, postId, writerId, limits.hashtagsPerCaption)
    return hashtagsOf(texts.flatMap((text) => parseFacets(text))).slice(0, limits.hashtagsPerCaption)
  }
}
