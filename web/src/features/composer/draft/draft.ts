import {
  type CircleId,
  type Commenters,
  type FilmClip,
  limits,
  type Place,
  type UserId,
} from '@tintype/contract'
import {
  type CropShape,
  type Framing,
  reshape,
  type Size,
  settle,
  wholePicture,
} from '../../../editor/crop/crop.ts'
import { endStroke, type History, record, redo, startHistory, undo } from '../../../kit/history.ts'
import type { ChosenSound } from '../../../shell/composer-slot.ts'
import type { Tag } from '../../../things/tags/TagEditor.tsx'
import type { FilmType, PhotoType } from '../../../upload/picture-kind.ts'
import { type Look, plainLook } from './look.ts'
import { reorder } from './reorder.ts'

export const steps = ['pick', 'crop', 'edit', 'share'] as const
export type Step = (typeof steps)[number]

/** A file that was let in. It stays with the draft even when its picture is taken out, so that undo can bring it back. */
export interface Source {
  id: string
  file: Blob
  name: string
  kind: 'photo' | 'video'
  type: PhotoType | FilmType
  /** Of the oriented picture; undefined until known, and for good where nobody can tell. */
  size?: Size
  /** Of films; undefined likewise. */
  seconds?: number
  /** Of what was recorded here. */
  clips?: readonly FilmClip[]
}

/** How a film is cut: in seconds of the file. */
export interface Cut {
  start: number
  /** Null: where the file ends. */
  end: number | null
  mute: boolean
  /** The still that stands for it; null: one that shows it well. Of clips, in seconds of what is shown. */
  cover: number | null
  /** How much faster than it was taken; only where its length is known. */
  speed: number
  /** Of a recording: what is shown, in this order, in place of `start`, `end` and `speed`. */
  clips: readonly FilmClip[] | null
}

export const wholeFilm: Cut = { start: 0, end: null, mute: false, cover: null, speed: 1, clips: null }

/** A picture or a film of the post; it is cropped and developed, or cut and given a filter. */
export interface Shot {
  id: string
  framing: Framing
  look: Look
  cut: Cut
}

/** A post in the making. Steps back and forth change only `step`: nothing that was done is lost by going back. */
export interface Draft {
  id: string
  step: Step
  sources: ReadonlyMap<string, Source>
  /** The pictures in the order of the post, with their edits; undo and redo run over this. */
  shots: History<readonly Shot[]>
  selected: string | null
  caption: string
  place: Place | null
  altTexts: Readonly<Record<string, string>>
  /** Who is where on which picture. */
  people: Readonly<Record<string, readonly Tag[]>>
  /** Who is asked to be an author of it too. */
  authors: readonly { user_id: UserId; username: string }[]
  /** For whom alone it is; none: for all. Such a post is no reel, and its member's alone. */
  circles: readonly CircleId[]
  /** Null: as the member's settings say. */
  commentsFrom: Commenters | null
  likesHidden: boolean | null
  downloadsAllowed: boolean | null
  /** It is covered until somebody asks to see it. */
  sensitive: boolean
  /** Published then, on the member's clock (`2026-05-03T18:30`). Null: now. */
  publishAt: string | null
  /** Shared as a reel, where it is a single film. Null: as it is upright or not. */
  asReel: boolean | null
  /** Others may use the sound of the reel. */
  sharesSound: boolean
  /** In place of its own. */
  sound: ChosenSound | null
}

type ReelChoice = 'asReel' | 'sharesSound' | 'sound'

export type DraftAction =
  | { type: 'added'; sources: readonly Source[] }
  | { type: 'removed'; id: string }
  | { type: 'moved'; id: string; to: number }
  | { type: 'selected'; id: string }
  | { type: 'measured'; id: string; size: Size | undefined; seconds?: number | undefined }
  | { type: 'framed'; id: string; framing: Framing; stroke?: string }
  | { type: 'shapedAll'; shape: CropShape }
  | { type: 'looked'; id: string; look: Look; stroke?: string }
  | { type: 'lookedAll'; look: Look }
  | { type: 'cut'; id: string; cut: Cut; stroke?: string }
  | { type: 'strokeEnded' | 'undone' | 'redone' }
  | {
      type: 'wrote'
      text: Partial<
        Pick<
          Draft,
          | 'caption'
          | 'place'
          | 'authors'
          | 'circles'
          | 'commentsFrom'
          | 'likesHidden'
          | 'downloadsAllowed'
          | 'sensitive'
          | 'publishAt'
          | ReelChoice
        >
      >
    }
  | { type: 'described'; id: string; altText: string }
  | { type: 'tagged'; id: string; tags: readonly Tag[] }
  | { type: 'stepped'; step: Step }

export const newDraft = (id: string): Draft => ({
  id,
  step: 'pick',
  sources: new Map(),
  shots: startHistory([]),
  selected: null,
  caption: '',
  place: null,
  altTexts: {},
  people: {},
  authors: [],
  circles: [],
  commentsFrom: null,
  likesHidden: null,
  downloadsAllowed: null,
  sensitive: false,
  publishAt: null,
  asReel: null,
  sharesSound: false,
  sound: null,
})

export function changeDraft(draft: Draft, action: DraftAction): Draft {
  switch (action.type) {
    case 'added':
      return add(draft, action.sources)
    case 'selected':
      return { ...draft, selected: action.id }
    case 'measured':
      return measure(draft, action)
    case 'wrote':
      return { ...draft, ...action.text }
    case 'described':
      return { ...draft, altTexts: { ...draft.altTexts, [action.id]: action.altText } }
    case 'tagged':
      return { ...draft, people: { ...draft.people, [action.id]: action.tags } }
    case 'stepped':
      return { ...draft, step: action.step, shots: endStroke(draft.shots) }
    default:
      return keepWhole({ ...draft, shots: changeShots(draft, action) })
  }
}

type ShotAction = Extract<
  DraftAction,
  {
    type:
      | 'removed'
      | 'moved'
      | 'framed'
      | 'shapedAll'
      | 'looked'
      | 'lookedAll'
      | 'cut'
      | 'strokeEnded'
      | 'undone'
      | 'redone'
  }
>

function changeShots({ shots, sources }: Draft, action: ShotAction): History<readonly Shot[]> {
  const { present } = shots
  const all = (change: (shot: Shot) => Shot) => record(shots, present.map(change))
  const one = (id: string, part: Partial<Shot>, stroke?: string) => {
    const change = (shot: Shot) => (shot.id === id ? { ...shot, ...part } : shot)
    return record(shots, present.map(change), stroke && `${stroke} ${id}`)
  }
  switch (action.type) {
    case 'removed':
      return record(
        shots,
        present.filter(({ id }) => id !== action.id),
      )
    case 'moved': {
      const from = present.findIndex(({ id }) => id === action.id)
      return record(shots, reorder(present, from, action.to))
    }
    case 'framed':
      return one(action.id, { framing: action.framing }, action.stroke)
    case 'cut':
      return one(action.id, { cut: action.cut }, action.stroke)
    case 'looked':
      return one(action.id, { look: action.look }, action.stroke)
    case 'shapedAll':
      return all((shot) => reshapeShot(shot, action.shape, sources.get(shot.id)?.size))
    case 'lookedAll':
      return all((shot) => ({ ...shot, look: action.look }))
    case 'strokeEnded':
      return endStroke(shots)
    case 'undone':
      return undo(shots)
    case 'redone':
      return redo(shots)
  }
}

const reshapeShot = (shot: Shot, shape: CropShape, size: Size | undefined): Shot => ({
  ...shot,
  framing: size ? reshape(shot.framing, size, shape) : { ...shot.framing, shape },
})

function add(draft: Draft, sources: readonly Source[]): Draft {
  const fresh = sources.slice(0, roomIn(draft))
  const [first] = fresh
  if (!first) return draft
  const shape = draft.shots.present[0]?.framing.shape ?? wholePicture.shape
  const isUntouched = draft.shots.present.length === 0 && draft.shots.past.length === 0
  const shots: Shot[] = fresh.map(({ id, clips = null }) => ({
    id,
    framing: { ...wholePicture, shape },
    look: plainLook,
    cut: { ...wholeFilm, clips },
  }))
  return {
    ...draft,
    sources: new Map([...draft.sources, ...fresh.map((source) => [source.id, source] as const)]),
    // The first pictures are where undo ends: before them there is nothing to see.
    shots: isUntouched ? startHistory(shots) : record(draft.shots, [...draft.shots.present, ...shots]),
    selected: first.id,
    step: draft.step === 'pick' ? 'crop' : draft.step,
  }
}

function measure(draft: Draft, { id, size, seconds }: Extract<DraftAction, { type: 'measured' }>): Draft {
  const source = draft.sources.get(id)
  if (!source) return draft
  const measured = { ...source, ...(size && { size }), ...(seconds !== undefined && { seconds }) }
  return { ...draft, sources: new Map(draft.sources).set(id, measured) }
}

/** What is selected must be there, and a post without pictures is back at picking them. */
function keepWhole(draft: Draft): Draft {
  const { present } = draft.shots
  const selected = present.some(({ id }) => id === draft.selected) ? draft.selected : (present[0]?.id ?? null)
  const step = present.length === 0 ? 'pick' : draft.step === 'pick' ? 'crop' : draft.step
  return { ...draft, selected, step }
}

/** How many more pictures the post takes. */
export const roomIn = ({ shots }: Draft): number => limits.carousel - shots.present.length

/** Not one of those pictures that move. */
export const isFilm = ({ kind, type }: Source): boolean => kind === 'video' && !type.startsWith('image/')

/** The one film of a draft that can be a reel. */
export function reelFilmOf({ shots, sources }: Draft) {
  const [shot, ...others] = shots.present
  const source = shot && sources.get(shot.id)
  return shot && source && isFilm(source) && others.length === 0 ? { shot, source } : undefined
}

export function isReel(draft: Draft): boolean {
  const film = reelFilmOf(draft)
  if (!film || draft.circles.length > 0) return false
  const { size } = film.source
  return draft.sound !== null || (draft.asReel ?? (size !== undefined && size.height > size.width))
}

/** The selected picture with its file; undefined while there is none. */
export function selectedOf({ shots, sources, selected }: Draft) {
  const index = shots.present.findIndex(({ id }) => id === selected)
  const shot = shots.present[index]
  const source = shot && sources.get(shot.id)
  return shot && source ? { shot, source, index } : undefined
}

/** The framing as it can be, now that the size is known. */
export const framingOf = (shot: Shot, size: Size): Framing => settle(shot.framing, size)
