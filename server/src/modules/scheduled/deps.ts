import type { MediaId, PostId, SubjectRef, UntitledMedia, UserId } from '@tintype/contract'
import type { RawBuilder } from 'kysely'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { NewEvent, Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { People } from '../../views/people.ts'
import type { NewPostBody, NewPostRow } from '../posts/api.ts'

/** Uploads that stood every check, and what is to be done to them; handed from one module to the other untouched. */
interface Checked<Upload, Edit> {
  uploads: Upload[]
  edits: Edit[]
}

/** What scheduled posts need of the engines and of the other modules. */
export interface ScheduledDeps<Upload = unknown, Edit = unknown> {
  db: Db
  outbox: Pick<Outbox, 'act' | 'append'>
  clock: Clock
  /** Deleted members, and those whom nobody sees, are absent. */
  members: { byIds(ids: readonly UserId[]): Promise<ReadonlyMap<UserId, unknown>> }
  people: Pick<People, 'summaries'>
  posts: {
    draft(
      asked: { author_id: UserId; post_id: PostId; media_ids: readonly MediaId[] },
      body: Omit<NewPostBody, 'upload_ids'>,
    ): Promise<NewPostRow>
    draftFiles(authorId: UserId, body: NewPostBody): Promise<Checked<Upload, Edit>>
    publishIn(tx: Tx, row: NewPostRow): Promise<void>
  }
  media: {
    attaching(
      posts: readonly (Checked<Upload, Edit> & {
        owner_id: UserId
        subject: SubjectRef
        purpose: 'post'
        media_ids: readonly MediaId[]
      })[],
    ): { change: RawBuilder<unknown>; events: readonly NewEvent[] }
    views(ids: readonly MediaId[], viewerId: UserId): Promise<Map<MediaId, UntitledMedia>>
  }
}
