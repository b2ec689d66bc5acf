import { errors, limits, photoTypes } from '@tintype/contract'
import { type PhotoType, type PictureKind, pictureKind } from '../../upload/picture-kind.ts'

export interface Accepted {
  file: File
  type: PhotoType
}
export interface Refused {
  name: string
  /** For people. */
  reason: string
}

/** For a file input's `accept`: endings too, as some systems know no type for HEIC. What is chosen is judged by its bytes. */
export const acceptedTypes = [...photoTypes, 'image/*', '.heic', '.heif', '.avif'].join(',')

/** Splits files into those that may come into a post which has room for `room` more, and the others with the reason. */
export async function takeIn(
  files: readonly File[],
  room: () => number,
): Promise<{ accepted: Accepted[]; refused: Refused[] }> {
  const judged = await Promise.all(files.map(judge))
  const accepted: Accepted[] = []
  const refused: Refused[] = []
  for (const { file, verdict } of judged) {
    if (typeof verdict === 'string') refused.push({ name: file.name, reason: verdict })
    else if (accepted.length >= room()) refused.push({ name: file.name, reason: tooMany })
    else accepted.push({ file, type: verdict.type })
  }
  return { accepted, refused }
}

const tooMany = `A post holds up to ${limits.carousel} pictures.`
const VIDEO = 'Videos cannot be posted yet, only pictures.'

/** What a file is, or the reason against it. */
async function judge(file: File): Promise<{ file: File; verdict: { type: PhotoType } | string }> {
  const reason = reasonBySize(file)
  if (reason !== undefined) return { file, verdict: reason }
  const kind = await pictureKind(file).catch(() => undefined)
  return { file, verdict: kind === undefined ? 'This file could not be read.' : verdictOn(kind, file) }
}

function verdictOn(kind: PictureKind, { type }: File): { type: PhotoType } | string {
  if (kind === 'video' || (kind === 'other' && type.startsWith('video/'))) return VIDEO
  if (kind === 'other') return errors.media_type_unsupported.message
  return kind.animated ? errors.media_animated.message : kind
}

function reasonBySize({ size }: File): string | undefined {
  if (size === 0) return errors.media_empty.message
  if (size <= limits.photoBytes) return undefined
  return `This picture has ${megabytes(size)} MB; up to ${megabytes(limits.photoBytes)} MB can be taken.`
}

const megabytes = (bytes: number) => {
  const value = bytes / 1024 / 1024
  return value < 100 && value % 1 !== 0 ? value.toFixed(1) : Math.round(value).toString()
}
