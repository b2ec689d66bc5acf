import type { photoTypes } from '@tintype/contract'

export type PhotoType = (typeof photoTypes)[number]

/** What the bytes of a picture say, whatever they were announced as; nothing of it needed a decoder. */
export interface SniffedPhoto {
  type: PhotoType
  /** Pixels as stored, before orientation. */
  width: number
  height: number
  animated: boolean
  /** False when the end of the file is missing. */
  complete: boolean
}
