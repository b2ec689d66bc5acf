import type { PostId, Video } from '@tintype/contract'
import { type RefObject, useEffect } from 'react'
import { isHeard } from '../../things/post/film/film-turns.ts'
import { sendWatches, tellWatched } from './watch-queue.ts'

/** A longer step of a film's time was a jump. Seconds. */
const STEP = 1
/** So near to its end it was seen whole. Seconds. */
const END = 0.3

/** Measures how a reel is watched for as long as it is `current`, and tells it then. */
export function useWatched(
  video: RefObject<HTMLVideoElement | null>,
  { postId, film, current }: { postId: PostId; film: Video; current: boolean },
): void {
  const { duration_ms } = film
  useEffect(() => {
    const element = video.current
    if (!element || !current) return
    const length = duration_ms / 1000
    let [last, seconds, furthest, replays, wasHeard] = [element.currentTime, 0, 0, 0, false]
    const handleTime = () => {
      const { currentTime: at } = element
      const step = at - last
      if (step > 0 && step < STEP) seconds += step
      else if (step < 0 && last > length - STEP) replays += 1
      furthest = Math.max(furthest, at)
      wasHeard ||= isHeard.get()
      last = at
    }
    const tell = () => {
      tellWatched({
        post_id: postId,
        watched_ms: Math.round(seconds * 1000),
        length_ms: Math.max(1, duration_ms),
        completed: replays > 0 || furthest >= length - END,
        replays,
        sound_on: wasHeard,
      })
    }
    const handleHide = () => {
      if (!document.hidden) return
      tell()
      sendWatches()
    }
    element.addEventListener('timeupdate', handleTime)
    document.addEventListener('visibilitychange', handleHide)
    return () => {
      element.removeEventListener('timeupdate', handleTime)
      document.removeEventListener('visibilitychange', handleHide)
      tell()
    }
  }, [video, postId, duration_ms, current])
}
