import type { Video } from '@tintype/contract'
import { Pause, Play, Volume2, VolumeX } from 'lucide-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { PostEntity } from '../../data/entities/types.ts'
import { CaptionsButton, CaptionsTrack } from '../../things/post/film/FilmCaptions.tsx'
import { t as say } from '../../things/post/film/messages.ts'
import { useFilm } from '../../things/post/film/use-film.ts'
import { LikeArea } from '../../things/post/LikeArea.tsx'
import { classes } from '../../ui/classes.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { MediaBox } from '../../ui/MediaBox.tsx'
import styles from './ReelFilm.module.css'
import { useSoundBeside } from './use-sound-beside.ts'
import { useSpace } from './use-space.ts'
import { useWatched } from './use-watched.ts'

interface ReelFilmProps {
  post: PostEntity
  film: Video
  /** What it is called where its author gave no description. */
  name: string
  current: boolean
  near: boolean
  onLike: () => void
}

const PLACE = { phone: '100vw', wide: '480px' }
/** Wider films are shown whole, on the plate. */
const UPRIGHT = 0.7

/** The film of a reel over its still: a tap holds it, two like it. */
export function ReelFilm({ post, film, name, current, near, onLike }: ReelFilmProps) {
  const player = useFilm(post.post_id, film, near)
  const { video, isPlaying, isHeld, isHeard, isBroken, isWanted, toggle, toggleSound, handleBroken } = player
  const [isThere, setThere] = useState(false)
  const beside = post.reel?.sound_id && post.sound ? post.sound.url : null
  const fit = film.width / film.height > UPRIGHT ? 'contain' : 'cover'
  useWatched(video, { postId: post.post_id, film, current })
  useSoundBeside(video, beside, isHeard && current)
  useSpace(current, toggle)
  return (
    <>
      <LikeArea onLike={onLike} onTap={toggle}>
        {(burst) => (
          <>
            <div className={styles.still}>
              <MediaBox
                media={film}
                fallbackAlt={name}
                place={PLACE}
                ratio="fill"
                fit={fit}
                eager={current || near}
              />
            </div>
            <video
              ref={video}
              className={classes(styles.film, isThere && styles.there, fit === 'contain' && styles.whole)}
              aria-label={say('film.label', { text: film.alt_text || name })}
              muted={!isHeard}
              loop
              playsInline
              preload={near ? 'metadata' : 'none'}
              disableRemotePlayback
              data-film={film.media_id}
              onError={() => isWanted && handleBroken()}
              onTimeUpdate={() => setThere(true)}
            >
              <CaptionsTrack film={film} />
            </video>
            {burst}
          </>
        )}
      </LikeArea>
      {isHeld && current && (
        <span className={styles.held} aria-hidden="true">
          <Play size={44} fill="currentColor" strokeWidth={0} />
        </span>
      )}
      {isBroken && <p className={styles.broken}>{say('film.broken')}</p>}
      <div className={styles.controls}>
        <IconButton
          icon={isPlaying ? Pause : Play}
          label={say(isPlaying ? 'film.pause' : 'film.play')}
          tone="veil"
          size="small"
          onPress={toggle}
        />
        <CaptionsButton film={film} />
        {(film.has_sound || beside !== null) && (
          <IconButton
            icon={isHeard ? Volume2 : VolumeX}
            label={say(isHeard ? 'film.soundOff' : 'film.soundOn')}
            tone="veil"
            size="small"
            onPress={toggleSound}
          />
        )}
      </div>
      <Progress video={video} />
    </>
  )
}

/** How far it is, as a line; the film itself says it to those who cannot see it. */
function Progress({ video }: { video: RefObject<HTMLVideoElement | null> }) {
  const line = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const element = video.current
    if (!element) return
    const handleTime = () => {
      const { currentTime, duration } = element
      line.current?.style.setProperty('scale', `${duration > 0 ? currentTime / duration : 0} 1`)
    }
    element.addEventListener('timeupdate', handleTime)
    return () => element.removeEventListener('timeupdate', handleTime)
  }, [video])
  return <span ref={line} className={styles.progress} aria-hidden="true" />
}
