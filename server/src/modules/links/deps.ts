import type { LinkId, MediaId, PostId, UntitledMedia, UserId, UserSummary } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { RateLimiter } from '../../engines/rate-limiter/port.ts'
import type { Limit } from '../../gateway/rate-limits.ts'
import type { Clock } from '../../kit/clock.ts'
import type { PostRecord } from '../posts/api.ts'

/** What private links need of the engines and of the other modules. */
export interface LinksDeps {
  db: Db
  rateLimiter: Pick<RateLimiter, 'take'>
  clock: Clock
  /** Deleted members, and those whom nobody sees, are absent. */
  members: {
    privacyFlags(ids: readonly UserId[]): Promise<ReadonlyMap<UserId, { is_silenced?: boolean }>>
  }
  people: { summaries(ids: readonly UserId[]): Promise<ReadonlyMap<UserId, UserSummary>> }
  posts: { records(ids: readonly PostId[]): Promise<ReadonlyMap<PostId, PostRecord>> }
  media: {
    views(ids: readonly MediaId[], viewerId: UserId): Promise<ReadonlyMap<MediaId, UntitledMedia>>
    shared(ids: readonly MediaId[], linkId: LinkId): Promise<ReadonlyMap<MediaId, UntitledMedia>>
  }
  passwords: {
    hash(password: string): Promise<string>
    verify(hashed: string, password: string): Promise<boolean>
  }
  /** Undefined where limits are off. */
  limit: Limit | undefined
  secret: string
  mediaOrigins: readonly string[]
}
