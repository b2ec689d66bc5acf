import type { FilmClip } from '@tintype/contract'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useObjectUrl } from '../../../ui/use-object-url.ts'
import type { Selected } from '../composer-context.ts'
import { t } from '../messages.ts'
import styles from './FilmStage.module.css'
import { nextPlace, placeOf } from './follow-clips.ts'
import { UnseenPicture } from './UnseenPicture.tsx'

/** The selected film, as far as this browser can play it: the part that is kept, over and over. */
export function FilmStage({ selected }: { selected: Selected }) {
  const { shot, source, index } = selected
  const url = useObjectUrl(source.file)
  const [isUnknown, setUnknown] = useState(false)
  if (isUnknown) return <UnseenPicture framing={shot.framing} size={source.size} />
  const label = t('stage.film', { n: index + 1 })
  // A picture that moves moves by itself.
  if (source.type.startsWith('image/'))
    return url ? <img className={styles.film} src={url} alt={label} /> : null
  return url ? (
    <Player selected={selected} url={url} label={label} onUnknown={() => setUnknown(true)} />
  ) : null
}

interface PlayerProps {
  selected: Selected
  url: string
  label: string
  onUnknown: () => void
}

function Player({ selected, url, label, onUnknown }: PlayerProps) {
  const film = useRef<HTMLVideoElement>(null)
  const { start, end, mute, cover, clips } = selected.shot.cut
  useClips(film, clips)
  // What is being chosen is shown.
  useEffect(() => seek(film.current, start), [start])
  useEffect(() => seek(film.current, end), [end])
  const still = cover !== null && clips ? placeOf(clips, cover).time : cover
  useEffect(() => seek(film.current, still), [still])
  const handleTime = () => {
    const { current } = film
    if (!current || current.paused || end === null || current.currentTime < end) return
    current.currentTime = start
  }
  return (
    <video
      ref={film}
      className={styles.film}
      src={url}
      aria-label={label}
      controls
      muted={mute}
      loop
      playsInline
      onTimeUpdate={handleTime}
      onError={onUnknown}
    />
  )
}

const LOOK_MS = 40

/** Plays clips in their order, each as fast as it is to be. */
function useClips(film: RefObject<HTMLVideoElement | null>, clips: readonly FilmClip[] | null): void {
  useEffect(() => {
    if (!clips) return
    let index = 0
    const timer = setInterval(() => {
      const { current } = film
      if (!current || current.paused) return
      const next = nextPlace(clips, index, current.currentTime)
      if (next) {
        current.currentTime = next.time
        index = next.index
      }
      current.playbackRate = clips[index]?.speed ?? 1
    }, LOOK_MS)
    return () => clearInterval(timer)
  }, [film, clips])
}

function seek(film: HTMLVideoElement | null, to: number | null): void {
  if (!film || to === null || film.readyState === 0) return
  film.pause()
  film.currentTime = to
}
