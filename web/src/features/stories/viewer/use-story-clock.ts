import type { Media } from '@tintype/contract'
import { useEffect, useRef } from 'react'

/** How long a picture is looked at. */
export const STORY_MS = 6000

/** How long a story is looked at: a film as long as it is. Milliseconds; the bar's animation is told of it. */
export const timeOf = (media: Media | null): number =>
  media?.type === 'video' ? Math.max(1000, media.duration_ms) : STORY_MS

/** Calls `onEnd` when the story has run for its time; what it has run is kept while it stands still. */
export function useStoryClock(id: string, time: number, running: boolean, onEnd: () => void): void {
  const elapsed = useRef({ id, ms: 0 })
  const end = useRef(onEnd)
  useEffect(() => {
    end.current = onEnd
  })
  useEffect(() => {
    if (elapsed.current.id !== id) elapsed.current = { id, ms: 0 }
    if (!running) return
    const mine = elapsed.current
    const since = Date.now()
    const timer = setTimeout(() => end.current(), Math.max(0, time - mine.ms))
    return () => {
      clearTimeout(timer)
      mine.ms += Date.now() - since
    }
  }, [id, time, running])
}
