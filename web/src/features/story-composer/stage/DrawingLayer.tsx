import { type RefObject, useCallback, useEffect, useRef } from 'react'
import { t } from '../messages.ts'
import { drawStrokes } from '../render/draw.ts'
import type { Stroke } from '../scene/scene.ts'
import styles from './Frame.module.css'
import { FrameCanvas } from './FrameCanvas.tsx'
import type { Pen } from './pen.ts'
import { useDrawing } from './use-drawing.ts'

interface DrawingLayerProps {
  frame: RefObject<HTMLElement | null>
  width: number
  pen: Pen
  onStroke: (stroke: Stroke) => void
}

/** Over everything while the member draws. The eraser's line shows as a light trace until it is done. */
export function DrawingLayer({ frame, width, pen, onStroke }: DrawingLayerProps) {
  const { live, cursor, isDown, handlers } = useDrawing(frame, pen, onStroke)
  const surface = useRef<HTMLDivElement>(null)
  useEffect(() => surface.current?.focus({ preventScroll: true }), [])
  const draw = useCallback(
    (context: CanvasRenderingContext2D, size: { width: number; height: number }) => {
      const shown = live?.erases ? { ...live, erases: false, color: 'rgb(255 255 255 / 0.4)' } : live
      if (shown) drawStrokes(context, size, [shown])
    },
    [live],
  )
  return (
    <>
      <FrameCanvas width={width} draw={draw} />
      <div
        ref={surface}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: one can draw by keys
        tabIndex={0}
        className={styles.surface}
        aria-label={t('draw.surface')}
        aria-roledescription={isDown ? t('draw.down') : t('draw.up')}
        {...handlers}
      />
      {cursor && (
        <span
          className={styles.cursor}
          style={{ left: `${cursor.x * 100}%`, top: `${cursor.y * 100}%` }}
          data-down={isDown || undefined}
          aria-hidden="true"
        />
      )}
    </>
  )
}
