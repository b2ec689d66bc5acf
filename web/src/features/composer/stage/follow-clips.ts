import type { FilmClip } from '@tintype/contract'

const lengthOf = ({ start_ms, end_ms, speed = 1 }: FilmClip): number => (end_ms - start_ms) / 1000 / speed

export const shownSeconds = (clips: readonly FilmClip[]): number =>
  clips.reduce((sum, clip) => sum + lengthOf(clip), 0)

interface Place {
  /** Which clip. */
  index: number
  /** Seconds of the file. */
  time: number
}

/** Where in the file something is, by when it is shown. */
export function placeOf(clips: readonly FilmClip[], shown: number): Place {
  let left = shown
  for (const [index, clip] of clips.entries()) {
    if (left < lengthOf(clip) || index === clips.length - 1) {
      const { start_ms, end_ms, speed = 1 } = clip
      return { index, time: Math.min(end_ms, start_ms + left * speed * 1000) / 1000 }
    }
    left -= lengthOf(clip)
  }
  return { index: 0, time: 0 }
}

/** Where to go on from here; undefined where the clip that is played goes on. Behind the last comes the first. */
export function nextPlace(clips: readonly FilmClip[], index: number, time: number): Place | undefined {
  const at = time * 1000
  const isIn = ({ start_ms, end_ms }: FilmClip) => at >= start_ms - 1 && at < end_ms
  const clip = clips[index]
  if (!clip || isIn(clip)) return undefined
  // Somebody went there by hand.
  const found = clips.findIndex(isIn)
  if (found >= 0 && Math.abs(at - clip.end_ms) > 500) return { index: found, time }
  const next = (index + 1) % clips.length
  return { index: next, time: (clips[next]?.start_ms ?? 0) / 1000 }
}
