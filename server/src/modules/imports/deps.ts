import type { Body, PostId, Routes, UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { ObjectStore } from '../../engines/object-store/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { People } from '../../views/people.ts'
import type { MediaFiles } from '../media/api.ts'
import type { PostRecord } from '../posts/api.ts'
import type { ImportedStories } from '../stories/api.ts'

export interface ImportDeps {
  db: Db
  outbox: Pick<Outbox, 'append'>
  objectStore: ObjectStore
  clock: Clock
  people: Pick<People, 'summaries'>
  media: Pick<MediaFiles, 'receiveFile' | 'giveUp'>
  posts: {
    /** See PostsService. */
    confirmPost(
      authorId: UserId,
      body: Body<Routes['posts']['confirm']>,
      reservedId: string,
      imported: true,
    ): Promise<unknown>
    records(ids: readonly PostId[]): Promise<Map<PostId, PostRecord>>
  }
  stories: ImportedStories
}
