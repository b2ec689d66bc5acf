import type { PostId, Video } from '@tintype/contract'
import { Pause, Play, Volume2, VolumeX } from 'lucide-react'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { classes } from '../../../ui/classes.ts'
import { clockText } from '../../../ui/clock-text.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { CaptionsButton, CaptionsTrack } from './FilmCaptions.tsx'
import styles from './FilmPlayer.module.css'
import { t } from './messages.ts'
import { useFilm } from './use-film.ts'

interface FilmPlayerProps {
  postId: PostId
  film: Video
  fallbackAlt: string
  fit: 'cover' | 'contain'
}

/** A film over its still: plays by itself while it is looked at, silent until its viewer wants to hear it. */
export default function FilmPlayer({ postId, film, fallbackAlt, fit }: FilmPlayerProps) {
  const player = useFilm(postId, film)
  const { video, isPlaying, isHeard, isBroken, isWanted, toggle, toggleSound, handleBroken } = player
  const [isThere, setThere] = useState(false)
  const handleKey = (event: KeyboardEvent) => {
    const act = { k: toggle, m: toggleSound }[event.key.toLowerCase()]
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of what is in it
    <div className={styles.player} onKeyDown={handleKey}>
      <video
        ref={video}
        className={classes(styles.film, isThere && styles.there, fit === 'contain' && styles.whole)}
        aria-label={t('film.label', { text: film.alt_text || fallbackAlt })}
        muted={!isHeard}
        loop
        playsInline
        preload="none"
        disableRemotePlayback
        data-film={film.media_id}
        onError={() => isWanted && handleBroken()}
        onTimeUpdate={() => setThere(true)}
      >
        <CaptionsTrack film={film} />
      </video>
      {isBroken && <p className={styles.broken}>{t('film.broken')}</p>}
      <div className={styles.controls}>
        <IconButton
          icon={isPlaying ? Pause : Play}
          label={t(isPlaying ? 'film.pause' : 'film.play')}
          tone="veil"
          size="small"
          onPress={toggle}
        />
        {isWanted && <Position video={video} seconds={film.duration_ms / 1000} />}
        <CaptionsButton film={film} />
        {film.has_sound && (
          <IconButton
            icon={isHeard ? Volume2 : VolumeX}
            label={t(isHeard ? 'film.soundOff' : 'film.soundOn')}
            tone="veil"
            size="small"
            onPress={toggleSound}
          />
        )}
      </div>
    </div>
  )
}

function Position({ video, seconds }: { video: { current: HTMLVideoElement | null }; seconds: number }) {
  const [at, setAt] = useState(0)
  useEffect(() => {
    const element = video.current
    if (!element) return
    const handleTime = () => setAt(element.currentTime)
    element.addEventListener('timeupdate', handleTime)
    return () => element.removeEventListener('timeupdate', handleTime)
  }, [video])
  return (
    <input
      type="range"
      className={styles.position}
      aria-label={t('film.position')}
      aria-valuetext={t('film.time', { at: clockText(at), of: clockText(seconds) })}
      min={0}
      max={seconds}
      step={0.1}
      value={Math.min(at, seconds)}
      onChange={({ target }) => {
        const element = video.current
        if (element) element.currentTime = Number(target.value)
        setAt(Number(target.value))
      }}
      // It is moved, not the carousel around it.
      onPointerDown={(event) => event.stopPropagation()}
      onPointerUp={(event) => event.stopPropagation()}
      onKeyDown={(event) => event.key.startsWith('Arrow') && event.stopPropagation()}
    />
  )
}
