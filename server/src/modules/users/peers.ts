import type {
  MediaId,
  Relationship,
  Rendition,
  SubjectRef,
  UploadId,
  UserId,
  UserListEntry,
} from '@tintype/contract'
import type { Judges, Visibility } from '../../access/visibility.ts'
import type { Tx } from '../../engines/db/port.ts'

type Ids = readonly UserId[]

/**
 * What this module asks of others. They in turn are built on this module, so wiring hands them over as a function that is
 * called when they are first needed. `Checked` is the media module's own.
 */
export interface UsersPeers<Checked = unknown> {
  graph: Judges & {
    profileVisibility(viewerId: UserId | null, id: UserId): Promise<Visibility>
    relationships(viewerId: UserId, ids: Ids): Promise<Map<UserId, Relationship>>
    following(userId: UserId): Promise<UserId[]>
    followerCounts(
      ids: Ids,
      viewerId?: UserId | null,
    ): Promise<Map<UserId, { followers_count: number; following_count: number }>>
    requestCount(userId: UserId): Promise<number>
    listEntries(
      viewerId: UserId | null,
      ids: Ids,
      options?: { blocked?: boolean },
    ): Promise<Map<UserId, UserListEntry>>
  }
  posts: { postCounts(authorIds: Ids): Promise<Map<UserId, number>> }
  notifications: { unreadCount(userId: UserId): Promise<number> }
  media: AvatarMedia<Checked>
}

export interface AvatarMedia<Checked> {
  checkUploads(ownerId: UserId, uploadIds: readonly UploadId[]): Promise<Checked[]>
  attach(
    tx: Tx,
    batch: { owner_id: UserId; subject: SubjectRef; purpose: 'avatar'; uploads: Checked[] },
  ): Promise<MediaId[]>
  release(tx: Tx, mediaIds: readonly MediaId[]): Promise<void>
  avatarUrls(mediaIds: readonly MediaId[]): Promise<Map<MediaId, string>>
  avatarRenditions(mediaId: MediaId): Promise<Rendition[]>
}
