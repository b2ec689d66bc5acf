import { type FilmClip, limits } from '@tintype/contract'
import { reorder } from '../draft/reorder.ts'

export const speeds = [0.5, 1, 1.5, 2] as const
export type Speed = (typeof speeds)[number]

/** What the camera recorded in one go. Times are seconds of it. */
export interface Clip {
  id: string
  blob: Blob
  seconds: number
  speed: Speed
  /** What of it is shown. */
  from: number
  to: number
}

/** Seconds that a reel recorded here may be long. */
export const LONGEST = 90
/** Of a clip, at least. */
export const SHORTEST = 0.3
export const MOST_CLIPS = limits.filmClips

export const shownOf = ({ from, to, speed }: Clip): number => (to - from) / speed
export const shownSeconds = (clips: readonly Clip[]): number =>
  clips.reduce((sum, clip) => sum + shownOf(clip), 0)

export type TakeAction =
  | { type: 'recorded'; clip: Clip }
  | { type: 'removed'; id: string }
  | { type: 'moved'; id: string; by: number }
  | { type: 'trimmed'; id: string; from?: number; to?: number }
  | { type: 'restored'; clips: readonly Clip[] }

export function changeTake(clips: readonly Clip[], action: TakeAction): readonly Clip[] {
  switch (action.type) {
    case 'recorded':
      return action.clip.seconds < SHORTEST || clips.length >= MOST_CLIPS ? clips : [...clips, action.clip]
    case 'removed':
      return clips.filter(({ id }) => id !== action.id)
    case 'moved': {
      const from = clips.findIndex(({ id }) => id === action.id)
      const to = from + action.by
      return from < 0 || to < 0 || to >= clips.length ? clips : reorder(clips, from, to)
    }
    case 'trimmed':
      return clips.map((clip) => (clip.id === action.id ? trimmed(clip, action) : clip))
    case 'restored':
      // What was recorded while the draft was looked for comes behind it.
      return [...action.clips, ...clips]
  }
}

function trimmed(clip: Clip, { from, to }: { from?: number; to?: number }): Clip {
  if (from !== undefined) return { ...clip, from: Math.max(0, Math.min(from, clip.to - SHORTEST)) }
  if (to !== undefined) return { ...clip, to: Math.min(clip.seconds, Math.max(to, clip.from + SHORTEST)) }
  return clip
}

/** Where each clip lies in the file that they are put into, in the order in which they were put. */
export interface Place {
  offset: number
  /** As long as its picture really is. */
  seconds: number
}

const ms = (seconds: number): number => Math.round(seconds * 1000)

/** What of the file is shown; null where that is all of it, as it was taken. */
export function filmClips(clips: readonly Clip[], places: readonly Place[]): FilmClip[] | null {
  const shown = clips.map(({ from, to, speed, seconds }, at): FilmClip => {
    const { offset, seconds: real } = places[at] ?? { offset: 0, seconds }
    const end = to >= seconds ? real : Math.min(to, real)
    return {
      start_ms: ms(offset + Math.min(from, Math.max(0, end - SHORTEST))),
      end_ms: ms(offset + end),
      ...(speed !== 1 && { speed }),
    }
  })
  const [only] = clips
  const isWhole = clips.length === 1 && only?.speed === 1 && only.from === 0 && only.to >= only.seconds
  return isWhole ? null : shown
}
