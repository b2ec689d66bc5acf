import type { Page, PostId, UserId, UserSummary } from '@tintype/contract'
import type { Surface } from '../../access/surfaces.ts'
import type { Judges } from '../../access/visibility.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Pieces } from '../../kit/pieces.ts'
import type { MediaFiles } from '../media/api.ts'
import type { Members } from '../members/api.ts'
import type { Posts } from '../posts/api.ts'

/** A post as its viewer may see it; `json` is its reply. */
export interface Shown {
  post_id: PostId
  status: string
  json: Pieces
}

export interface Asked {
  cursor?: string
  limit: number
}

/** What reels need of the engines and of the other modules. */
export interface ReelDeps {
  db: Db
  clock: Clock
  members: Pick<Members, 'byUsername'>
  people: { summaries(ids: readonly UserId[]): Promise<Map<UserId, UserSummary>> }
  graph: Judges
  posts: Pick<Posts, 'findVisible' | 'idsAfter' | 'records' | 'visible'>
  media: Pick<MediaFiles, 'views'>
  /** In the order asked; without those that the viewer may not see, or does not want there. */
  show(viewerId: UserId | null, ids: readonly PostId[], surface?: Surface): Promise<readonly Shown[]>
  /** What a member is shown of all reels, which is chosen elsewhere. */
  feed(viewerId: UserId, asked: Asked): Promise<Page<{ json: Pieces }>>
}
