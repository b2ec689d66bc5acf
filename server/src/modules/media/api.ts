import type { MediaArchiving } from './archiving.ts'
import type { MediaService } from './service.ts'

export type { ArchivedFile, ArchivedNames } from './archiving.ts'

/** Pictures, films and recordings, from a finished upload to their addresses. */
export type MediaFiles = Pick<
  MediaService,
  | 'attach'
  | 'attaching'
  | 'avatarRenditions'
  | 'avatarUrls'
  | 'checkFramed'
  | 'checkUploads'
  | 'giveUp'
  | 'moving'
  | 'readyMedia'
  | 'receiveFile'
  | 'release'
  | 'shared'
  | 'views'
  | 'voices'
>

/** Files as their owner takes them along. */
export type ArchivedMediaFiles = Pick<MediaArchiving, 'filesOf' | 'countOf' | 'namesOf'>
