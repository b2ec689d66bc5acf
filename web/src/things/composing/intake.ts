import { errors, limits, photoTypes, videoTypes } from '@tintype/contract'
import { type FilmType, type PhotoType, type PictureKind, pictureKind } from '../../upload/picture-kind.ts'

/** A file and what it is by its bytes. A picture that moves is a film. */
export type Accepted = { file: File } & FileType
export type FileType = { kind: 'photo'; type: PhotoType } | { kind: 'video'; type: PhotoType | FilmType }
export type AcceptedPhoto = Extract<Accepted, { kind: 'photo' }>
export interface Refused {
  name: string
  /** For people. */
  reason: string
}

/** For a file input's `accept`: endings too, as some systems know no type for HEIC. What is chosen is judged by its bytes. */
export const acceptedTypes = [...photoTypes, 'image/*', '.heic', '.heif', '.avif'].join(',')
/** The same where films are welcome too. */
export const acceptedWithFilms = [acceptedTypes, ...videoTypes, 'video/*', '.mkv', '.mov', '.avi'].join(',')

/** Splits files into those that may come into a post which has room for `room` more, and the others with the reason. */
export async function takeIn(
  files: readonly File[],
  room: () => number,
): Promise<{ accepted: AcceptedPhoto[]; refused: Refused[] }> {
  const { accepted, refused } = await takeInAll(files, room, (type) =>
    type.kind === 'photo' ? undefined : noFilms(type.type),
  )
  return { accepted: accepted.filter((one) => one.kind === 'photo'), refused }
}

/** The same with films among them. */
export async function takeInAll(
  files: readonly File[],
  room: () => number,
  reasonAgainst: (type: FileType) => string | undefined = () => undefined,
): Promise<{ accepted: Accepted[]; refused: Refused[] }> {
  const judged = await Promise.all(files.map((file) => judge(file, reasonAgainst)))
  const accepted: Accepted[] = []
  const refused: Refused[] = []
  for (const { file, verdict } of judged) {
    if (typeof verdict === 'string') refused.push({ name: file.name, reason: verdict })
    else if (accepted.length >= room()) refused.push({ name: file.name, reason: tooMany })
    else accepted.push({ file, ...verdict })
  }
  return { accepted, refused }
}

const tooMany = `A post holds up to ${limits.carousel} pictures and videos.`

const noFilms = (type: string): string =>
  type.startsWith('image/') ? errors.media_animated.message : 'A video cannot be used here, only a picture.'

/** What a file is, or the reason against it. */
async function judge(
  file: File,
  reasonAgainst: (type: FileType) => string | undefined,
): Promise<{ file: File; verdict: FileType | string }> {
  if (file.size === 0) return { file, verdict: errors.media_empty.message }
  if (file.size > limits.videoBytes) return { file, verdict: tooLarge(file, limits.videoBytes) }
  const kind = await pictureKind(file).catch(() => undefined)
  if (kind === undefined) return { file, verdict: 'This file could not be read.' }
  const type = typeOf(kind)
  if (!type) return { file, verdict: errors.media_type_unsupported.message }
  const most = 'film' in (kind as object) ? limits.videoBytes : limits.photoBytes
  const reason = reasonAgainst(type) ?? (file.size > most ? tooLarge(file, most) : undefined)
  return { file, verdict: reason ?? type }
}

function typeOf(kind: PictureKind): FileType | undefined {
  if (kind === 'other') return undefined
  if ('film' in kind) return { kind: 'video', type: kind.film }
  return { kind: kind.animated ? 'video' : 'photo', type: kind.type }
}

const tooLarge = ({ size }: File, most: number): string =>
  `This file has ${megabytes(size)} MB; up to ${megabytes(most)} MB can be taken.`

const megabytes = (bytes: number) => {
  const value = bytes / 1024 / 1024
  return value < 100 && value % 1 !== 0 ? value.toFixed(1) : Math.round(value).toString()
}
