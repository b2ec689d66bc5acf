import type { Media } from '@tintype/contract'
import { ImageOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { classes } from './classes.ts'
import styles from './MediaBox.module.css'
import { sourcesOf } from './media-sources.ts'
import { Thumbhash } from './Thumbhash.tsx'

interface MediaBoxProps {
  media: Media
  /** What the picture is called where its author gave no description. */
  fallbackAlt: string
  /** How wide it is shown, as the `sizes` attribute has it. */
  sizes: string
  /** Width by height of the box; the picture's own unless given. 'fill' takes the parent's size. */
  ratio?: number | 'fill'
  fit?: 'cover' | 'contain'
  /** The picture that is seen first: loads at once, ahead of others. */
  eager?: boolean
  className?: string
}

/** Reserves its box, shows colour and thumbhash at once, and fades the picture in over them when it is there; where it does not come they stay, with a sign. */
export function MediaBox({
  media,
  fallbackAlt,
  sizes,
  ratio,
  fit = 'cover',
  eager,
  className,
}: MediaBoxProps) {
  // What is seen first appears as soon as it is there; the rest fades in.
  const [state, setState] = useState<'waiting' | 'shown' | 'settled' | 'missing'>(eager ? 'shown' : 'waiting')
  const [tries, setTries] = useState(0)
  useEffect(() => {
    if (state !== 'missing') return
    const tryAgain = () => {
      setState('waiting')
      setTries((known) => known + 1)
    }
    window.addEventListener('online', tryAgain)
    return () => window.removeEventListener('online', tryAgain)
  }, [state])
  const sources = sourcesOf(media)
  const box =
    ratio === 'fill'
      ? { backgroundColor: media.dominant_color }
      : { backgroundColor: media.dominant_color, aspectRatio: ratio ?? media.width / media.height }
  return (
    <div className={classes(styles.box, ratio === 'fill' && styles.fill, className)} style={box}>
      {state !== 'settled' && <Thumbhash hash={media.thumbhash} fit={fit} />}
      <picture key={tries}>
        {sources.avif && <source type="image/avif" srcSet={sources.avif} sizes={sizes} />}
        <img
          // A cached picture is complete before React listens.
          ref={(img) => {
            if (img?.complete && img.naturalWidth > 0 && state !== 'settled') setState('settled')
          }}
          className={classes(
            styles.image,
            styles[fit],
            (state === 'waiting' || state === 'missing') && styles.waiting,
          )}
          src={sources.src}
          srcSet={sources.webp || undefined}
          sizes={sizes}
          width={media.width}
          height={media.height}
          alt={media.alt_text || fallbackAlt}
          loading={eager ? 'eager' : 'lazy'}
          fetchPriority={eager ? 'high' : 'auto'}
          decoding="async"
          draggable={false}
          onError={() => setState('missing')}
          onLoad={() => setState(eager ? 'settled' : 'shown')}
          onTransitionEnd={() => state === 'shown' && setState('settled')}
        />
      </picture>
      {state === 'missing' && (
        <span className={styles.missing} aria-hidden="true">
          <ImageOff size={20} strokeWidth={1.75} />
        </span>
      )}
    </div>
  )
}
