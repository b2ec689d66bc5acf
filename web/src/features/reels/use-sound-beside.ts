import { type RefObject, useEffect } from 'react'

/** Further apart is heard. Seconds. */
const APART = 0.25

/** Plays a sound along with a film that has none of its own: with it, from where it is, over and over. */
export function useSoundBeside(
  video: RefObject<HTMLVideoElement | null>,
  url: string | null,
  isHeard: boolean,
): void {
  useEffect(() => {
    const film = video.current
    // What is not heard is not loaded.
    if (!film || url === null || !isHeard) return
    const sound = new Audio(url)
    sound.loop = true
    const align = () => {
      const at = sound.duration > 0 ? film.currentTime % sound.duration : film.currentTime
      if (Math.abs(sound.currentTime - at) > APART) sound.currentTime = at
    }
    const handleState = () => {
      if (film.paused) return sound.pause()
      align()
      void sound.play().catch(() => undefined)
    }
    const names = ['playing', 'pause', 'waiting', 'seeked'] as const
    for (const name of names) film.addEventListener(name, handleState)
    film.addEventListener('timeupdate', align)
    sound.addEventListener('loadedmetadata', align)
    handleState()
    return () => {
      for (const name of names) film.removeEventListener(name, handleState)
      film.removeEventListener('timeupdate', align)
      sound.pause()
      sound.removeAttribute('src')
    }
  }, [video, url, isHeard])
}
