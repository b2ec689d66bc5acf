import type { Media } from '@tintype/contract'
import { Dialog as Radix } from 'radix-ui'
import { useEffect, useRef } from 'react'
import { t } from '../../../kit/messages.ts'
import { useFocusReturn } from '../../../ui/use-focus-return.ts'
import { useStrokes } from './use-strokes.ts'
import { useTrack } from './use-track.ts'
import { useViewerKeys } from './use-viewer-keys.ts'
import { useZoom } from './use-zoom.ts'
import styles from './Viewer.module.css'
import { ViewerControls } from './ViewerControls.tsx'
import { ViewerSlide } from './ViewerSlide.tsx'
import { whole } from './zoom.ts'

interface PicturesViewerProps {
  media: readonly Media[]
  /** Whose they are. */
  name: string
  /** The picture it begins with. */
  initial?: number
  /** Told which picture is there. */
  onAt?: (at: number) => void
  onClose: () => void
}

/** Pictures on the full screen, to turn and enlarge; Esc and a swipe down close it. */
export default function PicturesViewer(props: PicturesViewerProps) {
  const handleReturn = useFocusReturn(true)
  return (
    <Radix.Root open onOpenChange={(open) => !open && props.onClose()}>
      <Radix.Portal>
        <Radix.Content
          aria-describedby={undefined}
          className={styles.viewer}
          data-plate
          onCloseAutoFocus={handleReturn}
        >
          <Radix.Title className={styles.title}>{t('viewer.title', { name: props.name })}</Radix.Title>
          <Stage {...props} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function Stage({ media, initial = 0, name, onAt, onClose }: PicturesViewerProps) {
  const track = useRef<HTMLUListElement>(null)
  const turning = useTrack(track, media.length, initial)
  const { at, size } = turning
  const picture = media[at] ?? { width: 1, height: 1 }
  const zooming = useZoom(picture, size)
  const listeners = { onTurn: turning.turn, onClose }
  const { pull, held, handlers } = useStrokes(track, zooming, picture, size, listeners)
  const { zoom, reset } = zooming
  // Each picture begins whole.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another picture is there
  useEffect(reset, [at])
  useEffect(() => onAt?.(at), [onAt, at])
  const handleKey = useViewerKeys(turning, zooming, onClose)
  return (
    <section
      aria-label={t('post.carousel')}
      className={styles.stage}
      onKeyDown={handleKey}
      data-enlarged={zoom.scale > 1}
      style={{ '--pull': `${pull}px`, '--gone': Math.min(0.8, pull / 500) }}
    >
      <ul
        ref={track}
        className={styles.track}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys turn it, and move what is enlarged
        tabIndex={0}
        onScroll={turning.handleScroll}
        {...handlers}
      >
        {media.map((one, index) => (
          <ViewerSlide
            key={one.media_id}
            media={one}
            fallbackAlt={t('post.by', { name })}
            stage={size}
            zoom={index === at ? zoom : whole}
            isNear={Math.abs(index - at) < 2}
            isHere={index === at}
            held={held}
          />
        ))}
      </ul>
      <ViewerControls at={at} of={media.length} turning={turning} zooming={zooming} onClose={onClose} />
    </section>
  )
}
