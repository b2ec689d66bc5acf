import { useId, useRef, useState } from 'react'
import { classes } from '../../../ui/classes.ts'
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx'
import { type Selected, useComposer } from '../composer-context.ts'
import { type Framing, ratioOf } from '../draft/crop.ts'
import { framingOf } from '../draft/draft.ts'
import { t } from '../messages.ts'
import { DevelopedCanvas } from '../preview/DevelopedCanvas.tsx'
import type { Decoded } from '../preview/decode.ts'
import styles from './CropStage.module.css'
import { exposureOf } from './exposure-of.ts'
import { useCropGestures } from './use-crop-gestures.ts'

/** The picture under its frame: dragged, pinched, wheeled or moved by keys. A grid of thirds shows meanwhile. */
export function CropStage({ selected, decoded }: { selected: Selected; decoded: Decoded }) {
  const { session } = useComposer()
  const { shot, index } = selected
  const hintId = useId()
  const frame = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(false)
  const framing = framingOf(shot, decoded.size)
  const handlers = useCropGestures(frame, framing, decoded.size, {
    onFrame: (next: Framing, stroke) =>
      session.dispatch({ type: 'framed', id: shot.id, framing: next, stroke }),
    onRest: () => session.dispatch({ type: 'strokeEnded' }),
    onActive: setActive,
  })
  const ratio = ratioOf(framing, decoded.size)
  return (
    <>
      <div
        ref={frame}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application is operated by keys, which is what it is for
        tabIndex={0}
        aria-label={t('stage.crop', { n: index + 1 })}
        aria-describedby={hintId}
        className={classes(styles.frame, active && styles.active)}
        style={{ aspectRatio: ratio, inlineSize: `min(100cqi, 100cqb * ${ratio})` }}
        {...handlers}
      >
        <DevelopedCanvas exposure={exposureOf(shot, decoded)} ratio={ratio} />
        <span className={styles.thirds} aria-hidden="true" />
      </div>
      <VisuallyHidden>
        <span id={hintId}>{t('stage.cropKeys')}</span>
      </VisuallyHidden>
    </>
  )
}
