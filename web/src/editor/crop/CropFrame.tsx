import { type ReactNode, useId, useRef, useState } from 'react'
import { classes } from '../../ui/classes.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import styles from './CropFrame.module.css'
import { type Framing, ratioOf, type Size } from './crop.ts'
import { useCropGestures } from './use-crop-gestures.ts'

interface CropFrameProps {
  label: string
  /** How it is moved. */
  hint: string
  framing: Framing
  /** Of the picture. */
  size: Size
  /** `stroke` names the gesture that goes on. */
  onFrame: (framing: Framing, stroke: string) => void
  /** The gesture is over. */
  onRest?: () => void
  /** What shows of it in the end is round. */
  round?: boolean
  /** The picture as the framing has it. */
  children: ReactNode
}

const nothing = () => undefined

/** A picture under its frame: dragged, pinched, wheeled or moved by keys. A grid of thirds shows meanwhile. */
export function CropFrame(props: CropFrameProps) {
  const { label, hint, framing, size, onFrame, onRest = nothing, round, children } = props
  const hintId = useId()
  const frame = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(false)
  const handlers = useCropGestures(frame, framing, size, { onFrame, onRest, onActive: setActive })
  const ratio = ratioOf(framing, size)
  return (
    <>
      <div
        ref={frame}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application is operated by keys, which is what it is for
        tabIndex={0}
        aria-label={label}
        aria-describedby={hintId}
        className={classes(styles.frame, active && styles.active, round && styles.round)}
        style={{ aspectRatio: ratio, inlineSize: `min(100cqi, 100cqb * ${ratio})` }}
        {...handlers}
      >
        {children}
        <span className={styles.thirds} aria-hidden="true" />
      </div>
      <VisuallyHidden>
        <span id={hintId}>{hint}</span>
      </VisuallyHidden>
    </>
  )
}
