import type { Media } from '@tintype/contract'
import { type ReactNode, useEffect, useState } from 'react'
import { t as shared } from '../../../kit/messages.ts'
import { t } from '../../../things/story/messages.ts'
import { Button } from '../../../ui/Button.tsx'
import { sourcesOf } from '../../../ui/media-sources.ts'
import { Thumbhash } from '../../../ui/Thumbhash.tsx'
import { storySizes } from './preload.ts'
import { StoryFilm } from './StoryFilm.tsx'
import styles from './StoryPicture.module.css'

interface StoryPictureProps {
  media: Media
  alt: string
  /** Films play meanwhile. */
  running: boolean
  /** Of a film: what is to be shown next has not come yet. */
  onStalled: (isStalled: boolean) => void
  /** It can be seen: only now does the story begin. */
  onPainted: () => void
  /** What lies on the picture. */
  children: ReactNode
}

/** All of the picture, on the plate. One that did not come can be asked for again, and is when the network is back. */
export function StoryPicture({ media, alt, running, onStalled, onPainted, children }: StoryPictureProps) {
  const [state, setState] = useState<'waiting' | 'painted' | 'missing'>('waiting')
  const [tries, setTries] = useState(0)
  const isMissing = state === 'missing'
  const retry = () => {
    setState('waiting')
    setTries((known) => known + 1)
  }
  useEffect(() => {
    if (!isMissing) return
    const again = () => {
      setState('waiting')
      setTries((known) => known + 1)
    }
    window.addEventListener('online', again)
    return () => window.removeEventListener('online', again)
  }, [isMissing])
  const show = (img: HTMLImageElement) => {
    const painted = () => {
      setState('painted')
      onPainted()
    }
    // Loaded is not painted yet: a large picture takes a moment to decode.
    if (img.decode) img.decode().then(painted, painted)
    else painted()
  }
  const { avif, webp, src } = sourcesOf(media)
  return (
    <div className={styles.box}>
      <div
        className={styles.whole}
        style={{ '--ratio': media.width / media.height, backgroundColor: media.dominant_color }}
      >
        <Thumbhash hash={media.thumbhash} />
        <picture key={tries}>
          {avif && <source type="image/avif" srcSet={avif} sizes={storySizes(media)} />}
          <img
            className={styles.picture}
            data-state={state}
            src={src}
            srcSet={webp || undefined}
            sizes={storySizes(media)}
            width={media.width}
            height={media.height}
            alt={alt}
            fetchPriority="high"
            draggable={false}
            onLoad={(event) => show(event.currentTarget)}
            onError={() => setState('missing')}
          />
        </picture>
        {state === 'painted' && media.type === 'video' && (
          <StoryFilm film={media} running={running} onStalled={onStalled} />
        )}
        {state === 'painted' && children}
      </div>
      {isMissing && (
        <div className={styles.missing} role="alert">
          <p>{t('viewer.missing')}</p>
          <Button label={shared('action.retry')} onPress={retry} />
        </div>
      )}
    </div>
  )
}
