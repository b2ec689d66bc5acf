import type { Video } from '@tintype/contract'
import { Volume2, VolumeX } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useCell } from '../../../kit/cell.ts'
import { isHeard, setHeard } from '../../../things/post/film/film-turns.ts'
import { t } from '../../../things/post/film/messages.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import styles from './StoryPicture.module.css'

interface StoryFilmProps {
  film: Video
  running: boolean
  /** What is to be shown has not come yet. */
  onStalled: (isStalled: boolean) => void
}

/** A film over its still: runs with the story, heard if films are. */
export function StoryFilm({ film, running, onStalled }: StoryFilmProps) {
  const video = useRef<HTMLVideoElement>(null)
  const heard = useCell(isHeard)
  useEffect(() => {
    const element = video.current
    if (running) void element?.play().catch(() => undefined)
    else element?.pause()
  }, [running])
  return (
    <>
      <video
        ref={video}
        className={styles.picture}
        src={film.url}
        muted={!heard}
        loop={film.loops}
        onWaiting={() => onStalled(true)}
        onPlaying={() => onStalled(false)}
        onError={() => onStalled(false)}
        playsInline
        aria-hidden
      />
      {film.has_sound && (
        <span className={styles.sound}>
          <IconButton
            icon={heard ? Volume2 : VolumeX}
            label={t(heard ? 'film.soundOff' : 'film.soundOn')}
            tone="veil"
            size="small"
            onPress={() => setHeard(!heard)}
          />
        </span>
      )}
    </>
  )
}
