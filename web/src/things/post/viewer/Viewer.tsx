import { useRouter } from '@tanstack/react-router'
import { Dialog as Radix } from 'radix-ui'
import { useCallback, useEffect, useRef } from 'react'
import { useUser } from '../../../data/entities/entities.ts'
import type { PostEntity } from '../../../data/entities/types.ts'
import { t } from '../../../kit/messages.ts'
import { useFocusReturn } from '../../../ui/use-focus-return.ts'
import { bringPicture } from '../turn-pictures.ts'
import { useStrokes } from './use-strokes.ts'
import { useTrack } from './use-track.ts'
import { useViewerKeys } from './use-viewer-keys.ts'
import { useZoom } from './use-zoom.ts'
import styles from './Viewer.module.css'
import { ViewerControls } from './ViewerControls.tsx'
import { ViewerSlide } from './ViewerSlide.tsx'
import { whole } from './zoom.ts'

interface ViewerProps {
  post: PostEntity
  /** The picture it begins with. */
  initial: number
}

/** A post's pictures on the full screen, to turn and enlarge; back, Esc and a swipe down close it. */
export default function Viewer(props: ViewerProps) {
  const name = useUser(props.post.user_id)?.username ?? ''
  const handleReturn = useFocusReturn(true)
  const close = useClose()
  return (
    <Radix.Root open onOpenChange={(open) => !open && close()}>
      <Radix.Portal>
        <Radix.Content aria-describedby={undefined} className={styles.viewer} onCloseAutoFocus={handleReturn}>
          <Radix.Title className={styles.title}>{t('viewer.title', { name })}</Radix.Title>
          <Stage {...props} name={name} onClose={close} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

interface StageProps extends ViewerProps {
  name: string
  onClose: () => void
}

function Stage({ post: { post_id: id, media }, initial, name, onClose }: StageProps) {
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
  // Whoever closes it finds below the picture that was here.
  useEffect(() => bringPicture(id, at), [id, at])
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

/** Takes the viewer's entry out of the history, once, however often it is asked. */
function useClose(): () => void {
  const router = useRouter()
  const isClosing = useRef(false)
  return useCallback(() => {
    if (isClosing.current) return
    isClosing.current = true
    router.history.back()
  }, [router])
}
