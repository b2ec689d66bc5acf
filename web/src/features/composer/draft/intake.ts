import { errors, limits, photoTypes } from '@tintype/contract'

export type PhotoType = (typeof photoTypes)[number]

export interface Accepted {
  file: File
  type: PhotoType
}
export interface Refused {
  name: string
  /** For people. */
  reason: string
}

const typeByEnding: Readonly<Record<string, PhotoType>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  avif: 'image/avif',
  gif: 'image/gif',
  heic: 'image/heic',
  heif: 'image/heif',
}

/** For a file input's `accept`: endings too, as some systems know no type for HEIC. */
export const acceptedTypes = [...photoTypes, '.heic', '.heif', '.avif'].join(',')

/** Splits files into those that may come into a post which has room for `room` more, and the others with the reason. */
export function takeIn(files: readonly File[], room: number): { accepted: Accepted[]; refused: Refused[] } {
  const accepted: Accepted[] = []
  const refused: Refused[] = []
  for (const file of files) {
    const type = typeOf(file)
    const reason = reasonAgainst(file, type) ?? (accepted.length >= room ? tooMany : undefined)
    if (reason !== undefined) refused.push({ name: file.name, reason })
    else if (type) accepted.push({ file, type })
  }
  return { accepted, refused }
}

const tooMany = `A post holds up to ${limits.carousel} pictures.`

function reasonAgainst(file: File, type: PhotoType | undefined): string | undefined {
  if (!type)
    return file.type.startsWith('video/')
      ? 'Videos cannot be posted yet, only pictures.'
      : errors.media_type_unsupported.message
  if (file.size === 0) return errors.media_empty.message
  if (file.size > limits.photoBytes)
    return `This picture has ${megabytes(file.size)} MB; up to ${megabytes(limits.photoBytes)} MB can be taken.`
  return undefined
}

/** The type the system gives, or, where it gives none, the one the name's ending stands for. */
export function typeOf(file: Pick<File, 'name' | 'type'>): PhotoType | undefined {
  const given = file.type.toLowerCase().replace('image/jpg', 'image/jpeg')
  const known = photoTypes.find((type) => type === given)
  if (known || (given !== '' && given !== 'application/octet-stream')) return known
  return typeByEnding[file.name.toLowerCase().split('.').at(-1) ?? '']
}

const megabytes = (bytes: number) => {
  const value = bytes / 1024 / 1024
  return value < 100 && value % 1 !== 0 ? value.toFixed(1) : Math.round(value).toString()
}
