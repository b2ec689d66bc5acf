import type { Media, PostId } from '@tintype/contract'
import { ChevronLeft, ChevronRight, Maximize2 } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { t } from '../../kit/messages.ts'
import { classes } from '../../ui/classes.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { MediaBox } from '../../ui/MediaBox.tsx'
import { clampRatio, type Place, pageRatio } from '../../ui/media-sources.ts'
import styles from './Carousel.module.css'
import { Film } from './film/Film.tsx'
import { turnPictures, turnTo } from './turn-pictures.ts'

interface CarouselProps {
  postId: PostId
  media: readonly Media[]
  fallbackAlt: string
  place: Place
  /** The first picture of the page. */
  eager?: boolean
  /** `card`: cut to the clamped ratio; whole on a dark plate: `page` as high as the picture, `plate` as its place. */
  frame: PictureFrame
  /** Drawn over it: the like's burst. */
  overlay?: ReactNode
  /** Drawn over each picture. */
  marks?: ((media: Media) => ReactNode) | undefined
  /** Stands in the corner. */
  corner?: ReactNode
  onView: (at: number) => void
}

export type PictureFrame = 'card' | 'page' | 'plate'

const ratios = { card: clampRatio, page: pageRatio, plate: (): 'fill' => 'fill' }

/** More than a sliver of it is not seen. */
const isCut = (one: Media | undefined, ratio: number | 'fill'): boolean =>
  one !== undefined && ratio !== 'fill' && Math.abs(one.width / one.height / ratio - 1) > 0.02

/** One picture, or several to swipe: scroll snapping does the swiping, arrows and keys scroll for those without touch. */
export function Carousel(props: CarouselProps) {
  const { postId, media, fallbackAlt, place, eager, frame, overlay, marks, corner, onView } = props
  const track = useRef<HTMLUListElement>(null)
  const [at, setAt] = useState(0)
  const first = media[0]
  if (!first) return null
  const ratio = ratios[frame](first.width, first.height)
  const slides = media.map((one, index) => (
    <li key={one.media_id} className={styles.slide} aria-hidden={index === at ? undefined : true}>
      <MediaBox
        media={one}
        fallbackAlt={fallbackAlt}
        place={place}
        ratio={ratio}
        fit={frame === 'card' ? 'cover' : 'contain'}
        eager={Boolean(eager) && index === 0}
      />
      {one.type === 'video' && index === at && (
        <Film
          postId={postId}
          film={one}
          fallbackAlt={fallbackAlt}
          fit={frame === 'card' ? 'cover' : 'contain'}
        />
      )}
      {marks?.(one)}
    </li>
  ))
  const handleScroll = () => {
    const list = track.current
    if (list) setAt(Math.round(list.scrollLeft / list.clientWidth))
  }
  const handleKey = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step || media.length < 2) return
    if (!turnPictures(postId, step)) return
    event.preventDefault()
    event.stopPropagation()
  }
  const many = media.length > 1
  return (
    <section
      className={classes(styles.carousel, styles[frame])}
      {...(many
        ? {
            'aria-roledescription': 'carousel',
            'aria-label': t('post.carousel'),
            onKeyDown: handleKey,
          }
        : {})}
    >
      <ul
        ref={track}
        className={styles.track}
        // The arrow keys turn it.
        tabIndex={many ? 0 : undefined}
        data-pictures={postId}
        onScroll={many ? handleScroll : undefined}
      >
        {slides}
      </ul>
      {overlay}
      {corner && <span className={styles.corner}>{corner}</span>}
      {many && <Controls at={at} of={media.length} onGo={(index) => turnTo(track.current, index)} />}
      {(frame !== 'card' || isCut(media[at], ratio)) && (
        <span className={classes(styles.whole, media[at]?.type === 'video' && styles.aboveControls)}>
          <IconButton
            icon={Maximize2}
            label={t('post.whole')}
            tone="veil"
            size="small"
            onPress={() => onView(at)}
          />
        </span>
      )}
    </section>
  )
}

function Controls({ at, of, onGo }: { at: number; of: number; onGo: (index: number) => void }) {
  return (
    <>
      <span className={styles.counter} role="status" aria-label={t('post.photoOf', { n: at + 1, of })}>
        {at + 1}/{of}
      </span>
      {at > 0 && (
        <button
          type="button"
          className={styles.before}
          aria-label={t('post.previous')}
          onClick={() => onGo(at - 1)}
        >
          <ChevronLeft aria-hidden size={20} />
        </button>
      )}
      {at < of - 1 && (
        <button
          type="button"
          className={styles.after}
          aria-label={t('post.next')}
          onClick={() => onGo(at + 1)}
        >
          <ChevronRight aria-hidden size={20} />
        </button>
      )}
      <span className={styles.dots} aria-hidden="true">
        {Array.from({ length: of }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the dots are their places
          <span key={index} className={index === at ? styles.dotHere : styles.dot} />
        ))}
      </span>
    </>
  )
}
