import type { Readable } from 'node:stream'
import type { Body, PostId, Routes, UploadId, UserId, UserSummary } from '@tintype/contract'
import type { Broadcast } from '../../engines/broadcast/port.ts'
import type { Cache } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { ObjectStore } from '../../engines/object-store/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/logger.ts'
import type { Pieces } from '../../kit/pieces.ts'
import type { Graph } from '../graph/api.ts'
import type { Members } from '../members/api.ts'
import type { FilmLimits } from './packager/joined.ts'

/** What a community takes of lives; undefined: none. */
export interface LiveSettings {
  /** At once, in a process. */
  most: number
  /** Seconds. */
  longest: number
  /** Shorter edges of qualities below the source's own. */
  lower: readonly number[]
  threads: number
  /** Where programs send to by RTMP, and what members are told of it; undefined: nowhere. */
  rtmp: { port: number; host: string; url: string } | undefined
}

/** What lives need of the engines and of the other modules. */
export interface LiveDeps {
  db: Db
  cache: Cache
  broadcast: Broadcast
  outbox: Outbox
  objectStore: ObjectStore
  clock: Clock
  logger: Logger
  members: Pick<Members, 'byUsername' | 'usernames'>
  people: { summaries(ids: readonly UserId[]): Promise<Map<UserId, UserSummary>> }
  graph: Pick<Graph, 'followersAfter' | 'followingAmong' | 'holdsBack' | 'judge' | 'mutersAmong'>
  words: { assertFree(text: string): Promise<void> }
  /** Makes a post of what was recorded. */
  posts: {
    confirmPost(
      authorId: UserId,
      body: Body<Routes['posts']['confirm']>,
      reservedId?: string,
    ): Promise<{ post: { post_id: PostId } }>
    visible(viewerId: UserId | null, ids: readonly PostId[]): Promise<ReadonlyMap<PostId, unknown>>
  }
  /** In the order asked; without those that the viewer may not see. */
  show(viewerId: UserId | null, ids: readonly PostId[]): Promise<readonly { json: Pieces }[]>
  media: {
    receiveFile(ownerId: UserId, file: { body: Readable; contentType: string }): Promise<UploadId>
  }
  secret: string
  /** What a video may be, at most. */
  film: FilmLimits
  live: LiveSettings | undefined
}
