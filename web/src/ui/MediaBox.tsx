import type { Media } from '@tintype/contract'
import { ImageOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { classes } from './classes.ts'
import styles from './MediaBox.module.css'
import { type Place, sizesOf, sourcesOf } from './media-sources.ts'
import { Thumbhash } from './Thumbhash.tsx'

interface MediaBoxProps {
  media: Media
  /** What the picture is called where its author gave no description. */
  fallbackAlt: string
  /** How large its box is; decides which rendition is loaded. */
  place: Place
  /** Width by height of the box; the picture's own unless given. 'fill' takes the parent's size, which has the picture's ratio. */
  ratio?: number | 'fill'
  /** `contain` shows all of the picture, on the dark plate. */
  fit?: 'cover' | 'contain'
  /** The picture that is seen first: loads at once, ahead of others. */
  eager?: boolean
  className?: string
}

/** Reserves the box of a picture and shows it there. */
export function MediaBox({ ratio, fit = 'cover', place, className, ...rest }: MediaBoxProps) {
  const { width, height, dominant_color } = rest.media
  const own = width / height
  const shape = ratio === 'fill' ? undefined : { aspectRatio: ratio ?? own }
  const sizes = sizesOf(place, own, { ratio: typeof ratio === 'number' ? ratio : own, fit })
  const picture = { ...rest, sizes }
  const box = classes(styles.box, ratio === 'fill' && styles.fill, className)
  if (fit === 'cover')
    return (
      <div className={box} style={{ ...shape, backgroundColor: dominant_color }}>
        <Picture {...picture} />
      </div>
    )
  // Colour and blur only where the picture will be: beside it is the plate.
  return (
    <div className={classes(box, styles.plate)} style={shape}>
      <div className={styles.whole} style={{ backgroundColor: dominant_color, '--ratio': own }}>
        <Picture {...picture} />
      </div>
    </div>
  )
}

type PictureProps = Pick<MediaBoxProps, 'media' | 'fallbackAlt' | 'eager'> & { sizes: string }

/** Thumbhash at once, and the picture fading in over it when it is there; where it does not come the blur stays, with a sign. */
function Picture({ media, fallbackAlt, sizes, eager }: PictureProps) {
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
  const isHidden = state === 'waiting' || state === 'missing'
  return (
    <>
      {state !== 'settled' && <Thumbhash hash={media.thumbhash} />}
      <picture key={tries}>
        {sources.avif && <source type="image/avif" srcSet={sources.avif} sizes={sizes} />}
        <img
          // A cached picture is complete before React listens.
          ref={(img) => {
            if (img?.complete && img.naturalWidth > 0 && state !== 'settled') setState('settled')
          }}
          className={classes(styles.image, isHidden && styles.waiting)}
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
    </>
  )
}
