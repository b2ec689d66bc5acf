import type { PhotoEdit, UploadKind, VideoEdit } from '@tintype/contract'
import type { PhotoType, SniffedPhoto } from './imaging/sniffed.ts'
import type { FilmType, SniffedFilm } from './video/sniff-film.ts'

/** What the bytes of a file say, by its kind. A recording comes in the containers of films, or in one of its own. */
export interface SniffedBy {
  photo: SniffedPhoto & { kind: 'photo' }
  video: SniffedFilm & { kind: 'video' }
  voice: SniffedFilm & { kind: 'voice' }
}
export type Sniffed = SniffedBy[UploadKind]

/** Types of originals, by kind. */
export interface TypeBy {
  photo: PhotoType
  video: FilmType
  voice: FilmType
}

/** How a file is changed before it is shown, by its kind. */
export interface EditBy {
  photo: PhotoEdit
  video: VideoEdit
  voice: Record<string, never>
}
