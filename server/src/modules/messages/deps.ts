import type { MediaId, SubjectRef, UploadId, UploadKind, UserId } from '@tintype/contract'
import type { RawBuilder } from 'kysely'
import type { Tx } from '../../engines/db/port.ts'
import type { NewEvent } from '../../engines/outbox/port.ts'

/** An upload that was checked; what else is known of it is the media module's own. */
export interface OfKind {
  kind: UploadKind
}

/** What is asked of media. `Checked` is what they know of an upload that stood every check; handed back to them untouched. */
export interface MessageMedia<Checked extends OfKind> {
  checkUploads(
    ownerId: UserId,
    uploadIds: readonly UploadId[],
    purpose: 'message' | 'message_once' | 'avatar',
  ): Promise<Checked[]>
  attaching(
    all: readonly {
      owner_id: UserId
      subject: SubjectRef
      purpose: 'message' | 'message_once' | 'avatar'
      expires_at?: Date
      uploads: Checked[]
      media_ids: readonly MediaId[]
    }[],
  ): { change: RawBuilder<unknown>; events: NewEvent[] }
  release(tx: Tx, ids: readonly MediaId[]): Promise<void>
}
