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

/** A film within a frame (see StoryFrame of the contract). */
export interface FilmFrame {
  x: number
  y: number
  zoom: number
  rotation: number
  /** What lies over it: another upload of the same thing. */
  plate: { original_key: string; original_sha256: string }
}
export type FilmEdit = VideoEdit & { frame?: FilmFrame }

/** How a file is changed before it is shown, by its kind. */
export interface EditBy {
  photo: PhotoEdit
  video: FilmEdit
  voice: Record<string, never>
}
