import type {
  Commenters,
  Facet,
  PostId,
  PostSettings,
  UserId,
  UserListEntry,
  UserSummary,
} from '@tintype/contract'
import type { Ties } from '../../access/commenting.ts'
import type { Judges } from '../../access/visibility.ts'
import type { Cache } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Texts } from '../../text/texts.ts'
import type { CommunityWords, SpamFilter } from '../moderation/api.ts'

export interface VisiblePost {
  post_id: PostId
  author_id: UserId
  comments_from: Commenters
  likes_hidden: boolean
  facets: Facet[]
}

/** What engagement needs of the engines and of the other modules. */
export interface EngagementDeps {
  db: Db
  cache: Cache
  outbox: Outbox
  clock: Clock
  posts: {
    /** Rejects with `not_found` where the viewer may not see it. */
    findVisible(viewerId: UserId | null, postId: PostId): Promise<VisiblePost>
    /** Absent: those the viewer may not see. */
    visible(viewerId: UserId | null, ids: readonly PostId[]): Promise<ReadonlyMap<PostId, VisiblePost>>
    /** By id, whoever asks. */
    records(ids: readonly PostId[]): Promise<ReadonlyMap<PostId, VisiblePost>>
    authorOf(postIds: readonly PostId[]): Promise<Map<PostId, UserId>>
    /** All posts, by id. */
    idsAfter(after: PostId | undefined, limit: number): Promise<PostId[]>
  }
  words: Pick<CommunityWords, 'holds'>
  spam: SpamFilter
  /** What authors set for comments on their posts. */
  postSettings: { of(userId: UserId): Promise<Pick<PostSettings, 'filtered_words'>> }
  people: {
    summaries(ids: readonly UserId[]): Promise<Map<UserId, UserSummary>>
  }
  texts: Pick<Texts, 'resolve' | 'read'>
  graph: Judges &
    Ties & {
      holdsBack(userId: UserId, otherId: UserId): Promise<boolean>
      followingAmong(viewerId: UserId, ids: readonly UserId[]): Promise<Set<UserId>>
      listEntries(viewerId: UserId | null, ids: readonly UserId[]): Promise<Map<UserId, UserListEntry>>
    }
}

export interface PageRequest {
  cursor?: string
  limit?: number
}
