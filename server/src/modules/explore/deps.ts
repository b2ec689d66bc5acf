import type { PostId, UserId, UserListEntry } from '@tintype/contract'
import type { Surface } from '../../access/surfaces.ts'
import type { Judges } from '../../access/visibility.ts'
import type { Cache } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Pieces } from '../../kit/pieces.ts'
import type { Graph, GraphQuestions } from '../graph/api.ts'
import type { Members } from '../members/api.ts'
import type { Posts } from '../posts/api.ts'
import type { ReelLists } from '../reels/api.ts'

/** A post as its viewer may see it; `json` is its reply. */
export interface Shown {
  post_id: PostId
  json: Pieces
}

/** What explore needs of the engines and of the other modules. */
export interface ExploreDeps {
  db: Db
  cache: Cache
  clock: Clock
  members: Pick<Members, 'byUsername' | 'newest' | 'usernames'>
  graph: Judges &
    Pick<Graph, 'following' | 'relations' | 'visibleMember'> & {
      listEntries(
        viewerId: UserId,
        ids: readonly UserId[],
        options?: { comingUp: boolean },
      ): Promise<Map<UserId, UserListEntry>>
    }
  questions: GraphQuestions
  posts: Pick<
    Posts,
    'authorOf' | 'findVisible' | 'idsAfter' | 'recentByAuthors' | 'recentPosts' | 'records' | 'tagPosts'
  >
  reels: ReelLists
  /** In the order asked; without those that the viewer may not see, or does not want there. */
  show(viewerId: UserId, ids: readonly PostId[], surface: Surface): Promise<readonly Shown[]>
}
