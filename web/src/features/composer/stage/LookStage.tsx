import { Eye } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { ratioOf } from '../../../editor/crop/crop.ts'
import type { Decoded } from '../../../things/composing/decode.ts'
import type { Selected } from '../composer-context.ts'
import { isPlain, plainLook } from '../draft/look.ts'
import { t } from '../messages.ts'
import { DevelopedCanvas } from '../preview/DevelopedCanvas.tsx'
import { exposureOf } from './exposure-of.ts'
import styles from './LookStage.module.css'

/** The developed picture; while it, or the eye, is held down, the undeveloped one. */
export function LookStage({ selected, decoded }: { selected: Selected; decoded: Decoded }) {
  const { shot, index } = selected
  const [before, setBefore] = useState(false)
  const hold = {
    onPointerDown: () => setBefore(true),
    onPointerUp: () => setBefore(false),
    onPointerLeave: () => setBefore(false),
    onPointerCancel: () => setBefore(false),
  }
  const handleKey = (down: boolean) => (event: KeyboardEvent) => {
    if (event.key === ' ' || event.key === 'Enter') setBefore(down)
  }
  const ratio = ratioOf(shot.framing, decoded.size)
  return (
    <figure
      aria-label={t('stage.picture', { n: index + 1 })}
      className={styles.frame}
      style={{ aspectRatio: ratio, inlineSize: `min(100cqi, 100cqb * ${ratio})` }}
      onContextMenu={(event) => event.preventDefault()}
      {...hold}
    >
      <DevelopedCanvas exposure={exposureOf(shot, decoded, before ? plainLook : shot.look)} ratio={ratio} />
      {before && <span className={styles.badge}>{t('stage.original')}</span>}
      {!isPlain(shot.look) && (
        <button
          type="button"
          className={styles.eye}
          aria-pressed={before}
          aria-label={t('stage.before')}
          title={t('stage.before')}
          onKeyDown={handleKey(true)}
          onKeyUp={handleKey(false)}
          onBlur={() => setBefore(false)}
        >
          <Eye aria-hidden size={18} />
        </button>
      )}
    </figure>
  )
}
