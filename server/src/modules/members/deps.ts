import type { MediaId, SubjectRef, UploadId, UserId, UserListEntry } from '@tintype/contract'
import type { Judges, Visibility } from '../../access/visibility.ts'
import type { Tx } from '../../engines/db/port.ts'

type Ids = readonly UserId[]

/** What members need of those who know their relations. */
export interface MemberGraph extends Judges {
  profileVisibility(viewerId: UserId | null, id: UserId): Promise<Visibility>
  following(userId: UserId): Promise<UserId[]>
  followerCounts(ids: Ids): Promise<Map<UserId, { followers_count: number }>>
  listEntries(
    viewerId: UserId | null,
    ids: Ids,
    options?: { blocked?: boolean },
  ): Promise<Map<UserId, UserListEntry>>
}

/** What they need of those who keep pictures. `Checked` is the media module's own. */
export interface AvatarMedia<Checked> {
  checkUploads(ownerId: UserId, uploadIds: readonly UploadId[]): Promise<Checked[]>
  attach(
    tx: Tx,
    batch: { owner_id: UserId; subject: SubjectRef; purpose: 'avatar'; uploads: Checked[] },
  ): Promise<MediaId[]>
  release(tx: Tx, mediaIds: readonly MediaId[]): Promise<void>
}
