import { CommentId, Exact, Nullable, PostId, type Static, Timestamp, Type } from '../core/schema.ts'
import { UserSummary } from '../members/schemas.ts'
import { Facet } from '../text.ts'

export const Comment = Exact({
  comment_id: CommentId,
  post_id: PostId,
  /** The top-level comment this replies under; threads are two levels deep. */
  parent_comment_id: Nullable(CommentId),
  user: UserSummary,
  text: Type.String(),
  facets: Type.Array(Facet),
  /** Both are one number for everybody, as a post's. */
  likes_count: Type.Integer(),
  replies_count: Type.Integer(),
  viewer: Exact({ liked: Type.Boolean(), can_delete: Type.Boolean() }),
  created_at: Timestamp,
})

export type Comment = Static<typeof Comment>
