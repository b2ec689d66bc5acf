import type { PostId, UserId, UserSummary } from '@tintype/contract'
import type { Judges } from '../../access/visibility.ts'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Pieces } from '../../kit/pieces.ts'
import type { PreviewPosts } from '../../views/previews.ts'
import type { Graph } from '../graph/api.ts'

/** A post as its viewer may see it; `json` is its reply. */
export interface Shown {
  post_id: PostId
  json: Pieces
}

/** What collections need of the engines and of the other modules. */
export interface CollectionDeps {
  db: Db
  outbox: Pick<Outbox, 'append'>
  clock: Clock
  members: { byUsername(username: string): Promise<{ user_id: UserId } | undefined> }
  people: { summaries(ids: readonly UserId[]): Promise<Map<UserId, UserSummary>> }
  graph: Judges & Pick<Graph, 'listEntries' | 'visibleMember'>
  posts: {
    /** Rejects with `not_found` where the viewer may not see it. */
    findVisible(viewerId: UserId, postId: PostId): Promise<unknown>
  }
  /** Posts in the order asked, and what is shown of them where they are pointed at; without those that the viewer may not see. */
  show(viewerId: UserId, ids: readonly PostId[]): Promise<readonly Shown[]>
  preview: PreviewPosts
  engagement: {
    saveIn(tx: Tx, save: { user_id: UserId; post_id: PostId }): Promise<void>
    isSaved(save: { user_id: UserId; post_id: PostId }): Promise<boolean>
  }
}

export interface PageRequest {
  cursor?: string
  limit?: number
}
