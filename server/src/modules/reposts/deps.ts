import type { PostId, UserId, UserListEntry, UserSummary } from '@tintype/contract'
import type { Content, Judges } from '../../access/visibility.ts'
import type { Cache } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Pieces } from '../../kit/pieces.ts'

/** A post as its viewer may see it; `json` is its reply. */
export interface Shown {
  post_id: PostId
  status: string
  json: Pieces
}

/** What reposts need of the engines and of the other modules. */
export interface RepostDeps {
  db: Db
  cache: Cache
  outbox: Pick<Outbox, 'append'>
  clock: Clock
  members: { byUsername(username: string): Promise<{ user_id: UserId } | undefined> }
  people: { summaries(ids: readonly UserId[]): Promise<Map<UserId, UserSummary>> }
  graph: Judges & {
    listEntries(viewerId: UserId | null, ids: readonly UserId[]): Promise<Map<UserId, UserListEntry>>
    /** Rejects with `not_found` for whom the viewer does not see. */
    visibleMember(viewerId: UserId, username: string): Promise<{ user_id: UserId }>
  }
  posts: {
    /** Rejects with `not_found` where the viewer may not see it. */
    findVisible(viewerId: UserId, postId: PostId): Promise<{ author_id: UserId } & Content>
    records(ids: readonly PostId[]): Promise<ReadonlyMap<PostId, { author_id: UserId }>>
  }
  show(viewerId: UserId | null, ids: readonly PostId[]): Promise<readonly Shown[]>
}
