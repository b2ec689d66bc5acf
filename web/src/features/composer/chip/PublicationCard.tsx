import { ChevronDown, ChevronUp } from 'lucide-react'
import { useId, useState } from 'react'
import { IconButton } from '../../../ui/IconButton.tsx'
import { useCell } from '../composer-context.ts'
import { type Publication, progressOf } from '../publishing/publication.ts'
import { uploads } from '../services.ts'
import { BitmapImage } from './BitmapImage.tsx'
import { FailedPublication } from './FailedPublication.tsx'
import { FileProgress } from './FileProgress.tsx'
import { t } from './messages.ts'
import styles from './UploadChip.module.css'

/** One post on its way: its first picture, what happens, how far it is, and, on request, each file. */
export function PublicationCard({ publication }: { publication: Publication }) {
  const transfers = useCell(uploads.transfers)
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
            {titleOf(publication)}
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

function titleOf({ stage, pause, fileIds }: Publication): string {
  if (pause) return t(pause)
  if (stage === 'confirming') return t('confirming')
  if (stage === 'processing') return t('processing')
  return t('sending', { count: fileIds.length })
}
