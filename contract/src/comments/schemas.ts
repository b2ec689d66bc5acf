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
  /** Its place is above the others. */
  pinned: Type.Optional(Type.Boolean()),
  /** It waits for the post's author to approve it: besides them, only who wrote it sees it. */
  held: Type.Optional(Type.Boolean()),
  /** Taken from view by moderators: only who wrote it sees it. */
  removed: Type.Optional(Type.Boolean()),
  viewer: Exact({ liked: Type.Boolean(), can_delete: Type.Boolean() }),
  created_at: Timestamp,
})

export type Comment = Static<typeof Comment>
