import type { MediaService } from './service.ts'

/** Pictures, films and recordings, from a finished upload to their addresses. */
export type MediaFiles = Pick<
  MediaService,
  | 'attach'
  | 'attaching'
  | 'avatarRenditions'
  | 'avatarUrls'
  | 'checkUploads'
  | 'giveUp'
  | 'readyMedia'
  | 'receiveFile'
  | 'release'
  | 'views'
  | 'voices'
>
