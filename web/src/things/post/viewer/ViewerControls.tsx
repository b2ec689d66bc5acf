import { ChevronLeft, ChevronRight, X, ZoomIn, ZoomOut } from 'lucide-react'
import { t } from '../../../kit/messages.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import type { Turning } from './use-track.ts'
import type { Zooming } from './use-zoom.ts'
import styles from './Viewer.module.css'

interface ViewerControlsProps {
  at: number
  of: number
  turning: Turning
  zooming: Zooming
  onClose: () => void
}

/** What fingers do, for those who press buttons. */
export function ViewerControls({ at, of, turning, zooming, onClose }: ViewerControlsProps) {
  const { zoom, zoomIn, zoomOut } = zooming
  return (
    <>
      <div className={styles.bar}>
        {of > 1 && (
          <span role="status" className={styles.counter} aria-label={t('post.photoOf', { n: at + 1, of })}>
            {at + 1}/{of}
          </span>
        )}
        <span className={styles.space} />
        <IconButton
          icon={ZoomOut}
          label={t('viewer.out')}
          tone="veil"
          disabled={zoom.scale <= 1}
          onPress={zoomOut}
        />
        <IconButton icon={ZoomIn} label={t('viewer.in')} tone="veil" onPress={zoomIn} />
        <IconButton icon={X} label={t('action.close')} tone="veil" onPress={onClose} />
      </div>
      {at > 0 && (
        <span className={styles.before}>
          <IconButton
            icon={ChevronLeft}
            label={t('post.previous')}
            tone="veil"
            onPress={() => turning.turn(-1)}
          />
        </span>
      )}
      {at < of - 1 && (
        <span className={styles.after}>
          <IconButton
            icon={ChevronRight}
            label={t('post.next')}
            tone="veil"
            onPress={() => turning.turn(1)}
          />
        </span>
      )}
    </>
  )
}
