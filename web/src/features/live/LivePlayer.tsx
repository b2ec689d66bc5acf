import { Play, Volume2, VolumeX } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { IconButton } from '../../ui/IconButton.tsx'
import { type AttachedLive, attachLive } from './attach-live.ts'
import styles from './Live.module.css'
import { t } from './messages.ts'

interface LivePlayerProps {
  playlist: string
  name: string
  /** It leads nowhere any more: ask what has become of it. */
  onBroken: () => void
}

/** Milliseconds until what broke is tried again. */
const AGAIN_MS = 2000

/** The picture, silent until its viewer wants to hear it. */
export function LivePlayer({ playlist, name, onBroken }: LivePlayerProps) {
  const video = useRef<HTMLVideoElement>(null)
  const attached = useRef<AttachedLive>(undefined)
  const latest = useRef(playlist)
  const [muted, setMuted] = useState(true)
  const [paused, setPaused] = useState(false)
  const [failed, setFailed] = useState(false)
  const [round, setRound] = useState(0)
  useEffect(() => {
    latest.current = playlist
    attached.current?.renew(playlist)
  }, [playlist])
  const broken = useRef(onBroken)
  useEffect(() => {
    broken.current = onBroken
  })
  useEffect(() => {
    const element = video.current
    if (!element) return
    let isOver = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const handleBroken = () => {
      broken.current()
      clearTimeout(timer)
      timer = setTimeout(() => setRound(round + 1), AGAIN_MS)
    }
    attachLive(element, latest.current, handleBroken).then(
      (made) => {
        if (isOver) return made.detach()
        attached.current = made
        element.play().catch(() => setPaused(true))
      },
      () => setFailed(true),
    )
    return () => {
      isOver = true
      clearTimeout(timer)
      attached.current?.detach()
      attached.current = undefined
    }
  }, [round])
  return (
    <>
      <video
        ref={video}
        className={styles.video}
        aria-label={t('live.video', { name })}
        muted={muted}
        playsInline
        disableRemotePlayback
        data-live
        onPlaying={() => setPaused(false)}
      />
      {failed && (
        <p className={styles.state} role="status">
          {t('live.broken')}
        </p>
      )}
      <div className={styles.playing}>
        {paused && (
          <IconButton
            icon={Play}
            label={t('live.play')}
            tone="veil"
            onPress={() => void video.current?.play().catch(() => setPaused(true))}
          />
        )}
        <IconButton
          icon={muted ? VolumeX : Volume2}
          label={t(muted ? 'live.soundOn' : 'live.soundOff')}
          tone="veil"
          onPress={() => setMuted(!muted)}
        />
      </div>
    </>
  )
}
