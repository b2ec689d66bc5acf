import type { PostId, UserId, UserListEntry } from '@tintype/contract'
import type { Surface } from '../../access/surfaces.ts'
import type { Judges, Visibility } from '../../access/visibility.ts'
import type { Db } from '../../engines/db/port.ts'
import type { SearchIndex } from '../../engines/search-index/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Pieces } from '../../kit/pieces.ts'
import type { Members } from '../members/api.ts'
import type { Posts } from '../posts/api.ts'

/** What search needs of the engines and of the other modules. */
export interface SearchDeps {
  db: Db
  searchIndex: SearchIndex
  clock: Clock
  members: Pick<Members, 'byIds' | 'byUsername' | 'idsAfter'>
  graph: Judges & {
    /** Whom they follow. */
    following(userId: UserId): Promise<UserId[]>
    /** Absent: those who are gone and, unless `blocked` is set, those blocked either way. */
    listEntries(
      viewerId: UserId,
      ids: readonly UserId[],
      options?: { blocked?: boolean; comingUp?: boolean },
    ): Promise<Map<UserId, UserListEntry>>
    profileVisibility(viewerId: UserId, id: UserId): Promise<Visibility>
    followersOf(ids: readonly UserId[]): Promise<Map<UserId, number>>
  }
  posts: Pick<Posts, 'authorPosts' | 'idsAfter' | 'newestAuthors' | 'records' | 'tagsOf'>
  /** Posts in the order asked, without those that the viewer may not see. */
  show(
    viewerId: UserId,
    ids: readonly PostId[],
    surface: Surface,
  ): Promise<readonly { post_id: PostId; json: Pieces }[]>
}
