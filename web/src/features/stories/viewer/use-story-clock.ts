import { useEffect, useRef } from 'react'

/** How long a story is looked at. Milliseconds; the bar's animation is told of it. */
export const STORY_MS = 6000

/** Calls `onEnd` when the story has run for its time; what it has run is kept while it stands still. */
export function useStoryClock(id: string, running: boolean, onEnd: () => void): void {
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
    const timer = setTimeout(() => end.current(), Math.max(0, STORY_MS - mine.ms))
    return () => {
      clearTimeout(timer)
      mine.ms += Date.now() - since
    }
  }, [id, running])
}
