import { ChevronDown, ChevronUp } from 'lucide-react'
import { useId, useState } from 'react'
import { useCell } from '../../../kit/cell.ts'
import styles from '../../../things/composing/Chip.module.css'
import { IconButton } from '../../../ui/IconButton.tsx'
import type { Pause } from '../../../upload/retry.ts'
import { useComposer } from '../composer-context.ts'
import { type Publication, pauseOf, progressOf } from '../publishing/publication.ts'
import { BitmapImage } from './BitmapImage.tsx'
import { FailedPublication } from './FailedPublication.tsx'
import { FileProgress } from './FileProgress.tsx'
import { t } from './messages.ts'

/** One post on its way: its first picture, what happens, how far it is, and, on request, each file. */
export function PublicationCard({ publication }: { publication: Publication }) {
  const transfers = useCell(useComposer().uploads.transfers)
  const [open, setOpen] = useState(false)
  const titleId = useId()
  const { stage, fileIds, thumbnail } = publication
  if (stage === 'published') return null
  if (stage === 'failed') return <FailedPublication publication={publication} />
  const percent = Math.round(progressOf(publication, transfers) * 100)
  return (
    <article className={styles.chip} aria-labelledby={titleId}>
      <div className={styles.head}>
        {thumbnail && <BitmapImage bitmap={thumbnail} className={styles.thumb} />}
        <div className={styles.words}>
          <p id={titleId} className={styles.title} role="status">
            {titleOf(publication, pauseOf(publication, transfers))}
          </p>
          <progress className={styles.bar} value={percent} max={100} aria-label={t('progress')} />
        </div>
        <span className={styles.percent}>{t('percent', { n: percent })}</span>
        {fileIds.length > 1 && (
          <IconButton
            icon={open ? ChevronDown : ChevronUp}
            size="small"
            label={t('details')}
            expanded={open}
            onPress={() => setOpen(!open)}
          />
        )}
      </div>
      {open && <FileProgress fileIds={fileIds} transfers={transfers} />}
    </article>
  )
}

function titleOf({ stage, fileIds, made }: Publication, pause: Pause | null): string {
  if (pause) return t(pause)
  if (stage === 'confirming') return t('confirming')
  if (stage === 'processing') return t(made === null ? 'processing' : 'processingFilm')
  return t('sending', { count: fileIds.length })
}
