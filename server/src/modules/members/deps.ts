import type { MediaId, SubjectRef, UploadId, UserId } from '@tintype/contract'
import type { Tx } from '../../engines/db/port.ts'

/** What members need of those who keep pictures. `Checked` is the media module's own. */
export interface AvatarMedia<Checked> {
  checkUploads(ownerId: UserId, uploadIds: readonly UploadId[], purpose: 'avatar'): Promise<Checked[]>
  attach(
    tx: Tx,
    batch: { owner_id: UserId; subject: SubjectRef; purpose: 'avatar'; uploads: Checked[] },
  ): Promise<MediaId[]>
  release(tx: Tx, mediaIds: readonly MediaId[]): Promise<void>
}
