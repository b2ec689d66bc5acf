import type { Media } from '@tintype/contract'
import { classes } from '../../../ui/classes.ts'
import { MediaBox } from '../../../ui/MediaBox.tsx'
import styles from './Viewer.module.css'
import { type Box, fitted, type Zoom } from './zoom.ts'

interface ViewerSlideProps {
  media: Media
  fallbackAlt: string
  stage: Box
  zoom: Zoom
  /** The picture shown, or one beside it: those farther away are not loaded. */
  isNear: boolean
  isHere: boolean
  /** Fingers are on it: it follows them at once. */
  held: boolean
}

export function ViewerSlide({ media, fallbackAlt, stage, zoom, isNear, isHere, held }: ViewerSlideProps) {
  const { width, height } = fitted(media, stage)
  // In steps, so that a pinch asks for a larger rendition two or three times and not at every move.
  const detail = 2 ** Math.ceil(Math.log2(Math.max(1, zoom.scale)))
  const drawn = `${Math.ceil(width * detail)}px`
  return (
    <li className={styles.slide} aria-hidden={isHere ? undefined : true}>
      <div
        className={classes(styles.picture, held && styles.held)}
        data-picture={isHere || undefined}
        style={{ width, height, transform: `translate(${zoom.x}px, ${zoom.y}px) scale(${zoom.scale})` }}
      >
        {isNear && media.type === 'video' && isHere ? (
          // biome-ignore lint/a11y/useMediaCaption: there are no captions yet
          <video
            className={styles.film}
            src={media.url}
            poster={media.poster}
            controls
            autoPlay
            loop={media.loops}
            playsInline
            aria-label={media.alt_text || fallbackAlt}
            onPointerDown={(event) => event.stopPropagation()}
            onKeyDown={(event) => event.stopPropagation()}
          />
        ) : (
          isNear && (
            <MediaBox
              media={media}
              fallbackAlt={fallbackAlt}
              place={{ phone: drawn, wide: drawn }}
              ratio="fill"
              eager
            />
          )
        )}
      </div>
    </li>
  )
}
