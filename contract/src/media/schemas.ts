import { Exact, MediaId, Nullable, Sha256, type Static, Timestamp, Type, UploadId } from '../core/schema.ts'
import { FilterId } from '../filters.ts'
import { limits } from '../limits.ts'

export const photoTypes = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/avif',
  'image/gif',
  'image/heic',
  'image/heif',
] as const

/**
 * Whether a file that is called this may be a picture we take. The bytes decide what it is: phones, mail programs and browsers
 * call pictures by old names (`image/jpg`, `image/pjpeg`), in capitals, by the wrong ending, or not at all.
 */
export function mayBePhoto(contentType: string): boolean {
  const base = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (base === '' || base === 'application/octet-stream' || base === 'binary/octet-stream') return true
  return base.startsWith('image/') && base !== 'image/svg+xml'
}

/** What a film can come in, as senders call it. */
export const videoTypes = [
  'video/mp4',
  'video/quicktime',
  'video/3gpp',
  'video/webm',
  'video/x-matroska',
  'video/x-msvideo',
] as const

/** The same for films: the bytes decide, and pictures that move are films as well. */
export const mayBeVideo = (contentType: string): boolean =>
  /^(?:video\/|application\/mp4)/i.test(contentType.trim())

export const mayBeVoice = (contentType: string): boolean =>
  /^(?:audio\/|application\/ogg)/i.test(contentType.trim())

export const uploadKinds = ['photo', 'video', 'voice'] as const

export type UploadKind = (typeof uploadKinds)[number]

export const FileAnnouncement = Exact({
  /** Found by `content_type` unless given. */
  kind: Type.Optional(Type.Unsafe<UploadKind>(Type.Union(uploadKinds.map((kind) => Type.Literal(kind))))),
  /** As the sender calls it; the bytes decide. It is the type to send the file with. */
  content_type: Type.String({ maxLength: 100 }),
  /** Bytes. */
  size: Type.Integer({ minimum: 0 }),
  sha256: Type.Optional(Sha256),
})

/** A file of `multipart` is sent as `parts.length` PUTs of `part_size` bytes (the last one may be shorter). */
export const UploadTicket = Exact({
  upload_id: UploadId,
  url: Type.String(),
  method: Type.Literal('PUT'),
  headers: Type.Record(Type.String(), Type.String()),
  expires_at: Timestamp,
  multipart: Nullable(
    Exact({
      part_size: Type.Integer(),
      parts: Type.Array(Exact({ part_number: Type.Integer(), url: Type.String() })),
    }),
  ),
})

export type UploadTicket = Static<typeof UploadTicket>

export const signed = () => Type.Optional(Type.Number({ minimum: -1, maximum: 1 }))

export const share = () => Type.Optional(Type.Number({ minimum: 0, maximum: 1 }))

/** Applied to the oriented original, in this order: turn, flip, straighten, crop, filter at `strength`, adjustments. */
export const PhotoEdit = Exact({
  /** Degrees, clockwise. */
  turn: Type.Optional(Type.Union([Type.Literal(0), Type.Literal(90), Type.Literal(180), Type.Literal(270)])),
  /** Left for right. */
  flip: Type.Optional(Type.Boolean()),
  /** Degrees, clockwise; enlarged as far as it takes to leave no corner empty. */
  straighten: Type.Optional(Type.Number({ minimum: -45, maximum: 45 })),
  /** Fractions of the width and height of the picture as it is by now, 0…1. */
  crop: Type.Optional(
    Exact({
      x: Type.Number({ minimum: 0, maximum: 1 }),
      y: Type.Number({ minimum: 0, maximum: 1 }),
      width: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
      height: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
    }),
  ),
  filter: Type.Optional(FilterId),
  /** 0…1; 1 unless given. */
  strength: share(),
  /** 0 unless given. */
  adjust: Type.Optional(
    Exact({
      brightness: signed(),
      contrast: signed(),
      highlights: signed(),
      shadows: signed(),
      saturation: signed(),
      warmth: signed(),
      /** How far black is lifted to grey. */
      fade: share(),
      vignette: share(),
      sharpen: share(),
      grain: share(),
    }),
  ),
})

export type PhotoEdit = Static<typeof PhotoEdit>

/** A part of a film, in milliseconds of it as it was uploaded. */
export const FilmClip = Exact({
  start_ms: Type.Integer({ minimum: 0 }),
  end_ms: Type.Integer({ minimum: 1 }),
  /** How much faster than it was taken; 1 unless given. */
  speed: Type.Optional(Type.Number({ minimum: 0.5, maximum: 2 })),
})

export type FilmClip = Static<typeof FilmClip>

/** Milliseconds of the film as it was uploaded. */
export const VideoEdit = Exact({
  /** What is shown, in this order, in place of `start_ms` and `end_ms`; then `cover_ms` is counted in what is shown. */
  clips: Type.Optional(Type.Array(FilmClip, { minItems: 1, maxItems: limits.filmClips })),
  /** What comes before is left out; 0 unless given. */
  start_ms: Type.Optional(Type.Integer({ minimum: 0 })),
  /** What comes after as well. */
  end_ms: Type.Optional(Type.Integer({ minimum: 1 })),
  /** Without its sound. */
  mute: Type.Optional(Type.Boolean()),
  /** The still that stands for it; one that shows it well unless given. */
  cover_ms: Type.Optional(Type.Integer({ minimum: 0 })),
  filter: Type.Optional(FilterId),
  /** 0…1; 1 unless given. */
  strength: share(),
})

export type VideoEdit = Static<typeof VideoEdit>

export const Rendition = Exact({
  url: Type.String(),
  width: Type.Integer(),
  height: Type.Integer(),
  content_type: Type.String(),
})

export type Rendition = Static<typeof Rendition>

/** What there is of every kind of media: enough to show a still picture of it. */
const shown = {
  media_id: MediaId,
  width: Type.Integer(),
  height: Type.Integer(),
  /** Base64, https://evanw.github.io/thumbhash/ */
  thumbhash: Type.String(),
  /** `#rrggbb` */
  dominant_color: Type.String(),
  alt_text: Type.String(),
  /**
   * WebP, largest first, never upscaled: 1080, 640 and 150 wide; 2048, 1440 and AVIF (where they are smaller) follow. A picture
   * that is wider than high has as many pixels as a square of that width, one taller than 9:16 as many as 9:16.
   */
  variants: Type.Array(Rendition),
}

export const Photo = Exact({
  type: Type.Literal('photo'),
  /** The largest of `variants`. */
  url: Type.String(),
  ...shown,
})

export type Photo = Static<typeof Photo>

/** Stills of a film in one picture, row by row: of its beginning, then of every `interval_ms`. */
export const VideoStrip = Exact({
  url: Type.String(),
  /** Of one still. */
  width: Type.Integer(),
  height: Type.Integer(),
  columns: Type.Integer(),
  count: Type.Integer(),
  interval_ms: Type.Integer(),
})

export type VideoStrip = Static<typeof VideoStrip>

export const NewCaptions = Exact({
  /** WebVTT; what is not times and words is left out. */
  text: Type.String({ minLength: 1, maxLength: limits.captions }),
  /** As BCP 47 names it. */
  language: Type.String({ pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$' }),
})

/** `variants` are still pictures, so that whoever does not play videos shows them as photographs. */
export const Video = Exact({
  type: Type.Literal('video'),
  /** H.264 and AAC in MP4, at most 720 high (wide, where it is upright): can be played while it loads. */
  url: Type.String(),
  /** The same in up to four sizes (HLS), once they are made; of short films none are. */
  hls: Nullable(Type.String()),
  /** A few silent seconds, small, once they are made. */
  preview: Nullable(Type.String()),
  strip: Nullable(VideoStrip),
  /** The largest of `variants`. */
  poster: Type.String(),
  duration_ms: Type.Integer(),
  has_sound: Type.Boolean(),
  /** It was a moving picture, and goes on and on. */
  loops: Type.Boolean(),
  /** What is said in it (WebVTT), where its author wrote it down. */
  captions: Type.Optional(Exact({ url: Type.String(), language: Type.String() })),
  ...shown,
})

export type Video = Static<typeof Video>

export const Media = Type.Union([Photo, Video])

export type Media = Static<typeof Media>

type Untitled<M> = M extends unknown ? Omit<M, 'alt_text'> : never

/** Media by themselves: how they are described stands with what they are attached to. */
export type UntitledMedia = Untitled<Media>
