import type { ReactNode } from 'react'
import { ratioOf } from '../../../editor/crop/crop.ts'
import { type Selected, useDraft, useSelected } from '../composer-context.ts'
import { t } from '../messages.ts'
import { DevelopedCanvas } from '../preview/DevelopedCanvas.tsx'
import { CropStage } from './CropStage.tsx'
import { exposureOf } from './exposure-of.ts'
import { FilmStage } from './FilmStage.tsx'
import { LookStage } from './LookStage.tsx'
import styles from './Stage.module.css'
import { UnseenPicture } from './UnseenPicture.tsx'

/** The dark plate with the selected picture as it will be; what can be done on it depends on the step. */
export function Stage({ children }: { children?: ReactNode }) {
  const selected = useSelected()
  const { step } = useDraft()
  return (
    <div className={styles.plate}>
      <div className={styles.box}>{selected && <Shown selected={selected} step={step} />}</div>
      {children}
    </div>
  )
}

function Shown({ selected, step }: { selected: Selected; step: string }) {
  const { shot, preview, source, index } = selected
  if (source.kind === 'video')
    return <FilmStage key={shot.id} selected={selected} isDeveloped={step !== 'crop'} />
  if (!preview) return <output className={styles.loading} aria-label={t('stage.loading')} />
  if (preview.state === 'unseen') return <UnseenPicture framing={shot.framing} size={source.size} />
  const { decoded } = preview
  if (step === 'crop') return <CropStage key={shot.id} selected={selected} decoded={decoded} />
  if (step === 'edit') return <LookStage key={shot.id} selected={selected} decoded={decoded} />
  return (
    <DevelopedCanvas
      exposure={exposureOf(shot, decoded)}
      ratio={ratioOf(shot.framing, decoded.size)}
      label={t('stage.picture', { n: index + 1 })}
    />
  )
}
