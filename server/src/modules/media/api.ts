import type { MediaService } from './service.ts'

/** Pictures, from a finished upload to their addresses. */
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
>
