import {
  type FilmClip,
  limits,
  mayBePhoto,
  mayBeVideo,
  mayBeVoice,
  type PhotoEdit,
  TintypeError,
  type UploadKind,
} from '@tintype/contract'
import type { ByteSource } from './imaging/byte-source.ts'
import { isTooSmall, keptSize, type Purpose } from './imaging/plan.ts'
import { checkPhoto, sniff } from './imaging/sniff.ts'
import type { PhotoType } from './imaging/sniffed.ts'
import type { Renderer } from './renderer.ts'
import type { EditBy, SniffedBy } from './sniffed.ts'
import { sniffFilm } from './video/sniff-film.ts'
import type { VideoLimits } from './video/support.ts'

/** All that is particular to one kind of file, from its announcement to what is known of its bytes. */
export interface FileKind<K extends UploadKind = UploadKind> {
  /** Whether a file that is called this may be one. The bytes decide later. */
  mayBe(contentType: string): boolean
  maxBytes: number
  /**
   * What the bytes of an object are, mostly without decoding them. Rejects with a `media_…` code; `media_type_mismatch` where they are
   * nothing of this kind.
   */
  sniff(source: ByteSource, key: string): Promise<SniffedBy[K]>
  /** Throws the coded reason why it is not taken for this purpose. */
  check(found: SniffedBy[K], purpose: Purpose): void
  /** The same for what is to be made of it. */
  checkEdit(found: SniffedBy[K], edit: EditBy[K], purpose: Purpose): void
}
/** In the order in which bytes are looked at. */
export type FileKinds = { readonly [K in UploadKind]: FileKind<K> }

/** What may be attached for a purpose. */
const takenFor: Record<Purpose, readonly UploadKind[]> = {
  post: ['photo', 'video'],
  avatar: ['photo'],
  story: ['photo', 'video'],
  message: ['photo', 'video', 'voice'],
  message_once: ['photo', 'video'],
}

/** The files we take. */
export const fileKinds = (
  photos: Pick<Renderer, 'hasEveryPixel'>,
  video: VideoLimits | undefined,
): FileKinds => ({
  video: videoKind(video),
  voice: voiceKind(video),
  photo: photoKind(photos),
})

/** Throws where a file of this kind is not for this purpose. */
export function checkPurpose(kind: UploadKind, type: string, purpose: Purpose): void {
  if (takenFor[purpose].includes(kind)) return
  throw new TintypeError(type.startsWith('image/') ? 'media_animated' : 'media_kind_unwanted')
}

const photoKind = (renderer: Pick<Renderer, 'hasEveryPixel'>): FileKind<'photo'> => ({
  mayBe: mayBePhoto,
  maxBytes: limits.photoBytes,
  async sniff(source, key) {
    const found = { kind: 'photo' as const, ...(await sniff(source)) }
    // A JPEG without its end marker may have every pixel all the same.
    if (found.type !== 'image/jpeg' || found.complete) return found
    return { ...found, complete: await renderer.hasEveryPixel({ key, type: found.type }) }
  },
  check: checkPhoto,
  checkEdit: checkCrop,
})

const videoKind = (video: VideoLimits | undefined): FileKind<'video'> => ({
  mayBe: mayBeVideo,
  maxBytes: video?.bytes ?? limits.videoBytes,
  async sniff(source) {
    const found = await sniffFilm(source)
    if (found.container === 'ogg') throw new TintypeError('media_type_mismatch')
    return { kind: 'video', ...found }
  },
  check(found) {
    if (!video) throw new TintypeError(isStill(found.type) ? 'media_animated' : 'media_video_off')
    if (found.hasPicture === false) throw new TintypeError('media_no_picture')
    if (!found.complete) throw new TintypeError('media_truncated')
    if ((found.seconds ?? 0) > secondsFor('post', video)) throw new TintypeError('media_too_long')
  },
  checkEdit({ seconds }, { clips, start_ms = 0, end_ms = Number.POSITIVE_INFINITY }, purpose) {
    const length = seconds === undefined ? Number.POSITIVE_INFINITY : seconds * 1000
    const most = video ? secondsFor(purpose, video) * 1000 : Number.POSITIVE_INFINITY
    if (clips) return checkClips(clips, length, most)
    const shown = Math.min(end_ms, length) - start_ms
    if (shown < SHORTEST_MS) throw new TintypeError('media_too_small')
    // How long it is may not be known yet.
    if (Number.isFinite(shown) && shown > most) throw new TintypeError('media_too_long')
  },
})

function checkClips(clips: readonly FilmClip[], length: number, most: number): void {
  const lengths = clips.map(({ start_ms, end_ms }) => Math.min(end_ms, length) - start_ms)
  if (lengths.some((ms) => ms < SHORTEST_MS)) throw new TintypeError('media_too_small')
  const shown = clips.reduce((sum, { speed = 1 }, at) => sum + (lengths[at] ?? 0) / speed, 0)
  if (shown > most) throw new TintypeError('media_too_long')
}

/** A cut leaves at least so much. */
const SHORTEST_MS = 100
const isStill = (type: string): type is PhotoType => type.startsWith('image/')

/** How long a film may be that is shown there; a little more is counted differently by different programs. */
export const secondsFor = (purpose: Purpose, { seconds }: VideoLimits): number =>
  Math.min(purpose === 'story' ? limits.storyVideoSeconds : Number.POSITIVE_INFINITY, seconds) + 0.5

const voiceKind = (video: VideoLimits | undefined): FileKind<'voice'> => ({
  mayBe: mayBeVoice,
  maxBytes: limits.voiceBytes,
  async sniff(source) {
    const found = await sniffFilm(source)
    if (isStill(found.type)) throw new TintypeError('media_type_mismatch')
    return { kind: 'voice', ...found }
  },
  check(found) {
    if (!video) throw new TintypeError('media_video_off')
    if (!found.complete) throw new TintypeError('media_truncated')
    if ((found.seconds ?? 0) > limits.voiceSeconds + 0.5) throw new TintypeError('media_too_long')
  },
  checkEdit() {},
})

/** A crop that is a sliver however the picture is turned upright; what only its orientation decides is told in processing. */
function checkCrop({ width, height }: SniffedBy['photo'], edit: PhotoEdit): void {
  if (!edit.crop) return
  const ways = [
    { width, height },
    { width: height, height: width },
  ]
  if (ways.every((size) => isTooSmall(keptSize(size, edit)))) throw new TintypeError('media_too_small')
}

/**
 * The kind that a file of this name and size most likely is; undefined where we take none that is called so. What is called nothing
 * at all is a picture, or where it is too large for one, a film.
 */
export function likelyKind(kinds: FileKinds, contentType: string, size = 0): UploadKind | undefined {
  const named = (Object.keys(kinds) as UploadKind[]).filter((kind) => kinds[kind].mayBe(contentType))
  const isNameless = named[0] === 'photo' && !/^image\//i.test(contentType)
  return isNameless && size > kinds.photo.maxBytes ? 'video' : named[0]
}
