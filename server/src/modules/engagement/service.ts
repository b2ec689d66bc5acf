import {
  type CommentId,
  hashtagsOf,
  limits,
  type Page,
  type PostId,
  parseFacets,
  type UserId,
} from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import { idCursor } from '../../kit/cursor.ts'
import { fillPage } from '../../kit/page.ts'
import { standingComments, taggedTexts } from './comment-store.ts'
import * as likes from './like-store.ts'
import * as saves from './save-store.ts'
import type { Counters, PageTallies, Tallies } from './tallies.ts'

/** What other modules read of engagement: batched, one round trip each, no judgement of who may see what. */
export class EngagementService {
  readonly #db: Db
  readonly #tallies: Tallies

  constructor({ db, tallies }: { db: Db; tallies: Tallies }) {
    this.#db = db
    this.#tallies = tallies
  }

  /** See Tallies. */
  tallies(viewerId: UserId | null, postIds: readonly PostId[]): Promise<PageTallies> {
    return this.#tallies.of(viewerId, postIds)
  }

  /** See Tallies. */
  counters(postIds: readonly PostId[], viewerId: UserId | null = null): Promise<Counters[]> {
    return this.#tallies.counters(postIds, viewerId)
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

  async standingComments(of: readonly { post_id: PostId; comment_id: CommentId }[]): Promise<Set<CommentId>> {
    return new Set(of.length === 0 ? [] : await standingComments(this.#db.query, of))
  }

  /** The hashtags of what a member wrote under a post, as many as a caption may have. */
  async hashtagsBy(postId: PostId, writerId: UserId): Promise<string[]> {
    const texts = await taggedTexts(this.#db.query, postId, writerId, limits.hashtagsPerCaption)
    return hashtagsOf(texts.flatMap((text) => parseFacets(text))).slice(0, limits.hashtagsPerCaption)
  }
}
