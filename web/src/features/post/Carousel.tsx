import type { Media } from '@tintype/contract'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { prefersStill } from '../../app/viewport.ts'
import { t } from '../../messages.ts'
import { classes } from '../../ui/classes.ts'
import { MediaBox } from '../../ui/MediaBox.tsx'
import { clampRatio } from '../../ui/media-sources.ts'
import styles from './Carousel.module.css'

interface CarouselProps {
  media: readonly Media[]
  fallbackAlt: string
  sizes: string
  /** The first picture of the page. */
  eager?: boolean
  /** `plate`: fills a dark plate, pictures whole; `card`: its own clamped ratio. */
  frame: 'card' | 'plate'
  /** Drawn over it: the like's burst. */
  overlay?: ReactNode
}

/** One picture, or several to swipe: scroll snapping does the swiping, arrows and keys scroll for those without touch. */
export function Carousel({ media, fallbackAlt, sizes, eager, frame, overlay }: CarouselProps) {
  const track = useRef<HTMLUListElement>(null)
  const [at, setAt] = useState(0)
  const first = media[0]
  if (!first) return null
  const ratio = frame === 'card' ? clampRatio(first.width, first.height) : 'fill'
  const slides = media.map((one, index) => (
    <li key={one.media_id} className={styles.slide} aria-hidden={index === at ? undefined : true}>
      <MediaBox
        media={one}
        fallbackAlt={fallbackAlt}
        sizes={sizes}
        ratio={ratio}
        fit={frame === 'card' ? 'cover' : 'contain'}
        eager={Boolean(eager) && index === 0}
      />
    </li>
  ))
  const goTo = (index: number) => {
    const list = track.current
    if (!list || index < 0 || index >= media.length) return
    list.scrollTo({ left: index * list.clientWidth, behavior: prefersStill() ? 'auto' : 'smooth' })
  }
  const handleScroll = () => {
    const list = track.current
    if (list) setAt(Math.round(list.scrollLeft / list.clientWidth))
  }
  const handleKey = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step || media.length < 2) return
    const within = at + step >= 0 && at + step < media.length
    if (!within) return
    event.preventDefault()
    event.stopPropagation()
    goTo(at + step)
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
        onScroll={many ? handleScroll : undefined}
      >
        {slides}
      </ul>
      {overlay}
      {many && <Controls at={at} of={media.length} onGo={goTo} />}
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
