import type { ImportSource } from '@tintype/contract'

/** A file of an archive, by what its directory says of it. */
export interface ArchiveFile {
  /** Its path, with `/`, and nothing that leads out of the archive. */
  name: string
  size: number
  crc32: number
  /** Milliseconds since 1970. */
  modified: number
}

/** What a post or a story is made of. */
export interface ItemPlan {
  kind: 'post' | 'reel' | 'story'
  /** When it was made, milliseconds since 1970. */
  at: number
  caption: string
  place: string | null
  files: { name: string; alt_text: string }[]
  likes_hidden?: boolean
  comments_from?: 'everyone' | 'following' | 'followers' | 'mentioned' | 'off'
  /** Of a story: followers unless stated. */
  audience?: 'followers' | 'close_friends'
}

/** Why something is left out. */
export type LeftOut = 'file_missing' | 'no_files' | 'file_unknown' | 'file_too_large'

/** An archive, as those who understand one look into it. */
export interface OpenArchive {
  files: ReadonlyMap<string, ArchiveFile>
  /** Undefined where it is not there or is no JSON. Throws `import_unreadable` where it is too large. */
  json(name: string): Promise<unknown>
  text(name: string): Promise<string>
}

/** One that understands a program's archives. */
export interface Understanding {
  source: ImportSource
  /** Undefined where it is no such archive. */
  read(archive: OpenArchive): Promise<ItemPlan[] | undefined>
}

const PICTURES = /\.(jpe?g|png|webp|heic|heif|avif|gif)$/i
const FILMS = /\.(mp4|mov|m4v|webm|3gp|mkv|avi)$/i

export const isPicture = (name: string): boolean => PICTURES.test(name)
export const isFilm = (name: string): boolean => FILMS.test(name)
export const isMedia = (name: string): boolean => isPicture(name) || isFilm(name)

/** What stands before a file's own name, with the `/`. */
export const folderOf = (name: string): string => name.slice(0, name.lastIndexOf('/') + 1)

export const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
export const text = (value: unknown): string => (typeof value === 'string' ? value : '')
