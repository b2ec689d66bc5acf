import { useEffect } from 'react'
import { live } from '../../../data/live.ts'
import { useCell } from '../../../kit/cell.ts'
import styles from '../../../things/composing/Chip.module.css'
import { useLeaveWarning } from '../../../things/composing/use-leave-warning.ts'
import { isUnsafeToLeave, noteMade, publications } from '../publishing/publication.ts'
import { t } from './messages.ts'
import { PublicationCard } from './PublicationCard.tsx'
import { usePublishedToast } from './use-published-toast.ts'

/** Posts on their way, over every page; warns who would leave too early. Mounted once. */
export function UploadChip() {
  const all = useCell(publications)
  usePublishedToast(all)
  useEffect(() => live.on('media.progress', ({ subject_id, done }) => noteMade(subject_id, done)), [])
  useLeaveWarning(all.some(isUnsafeToLeave))
  return (
    <section className={styles.chips} aria-label={t('label')}>
      {all.map((publication) => (
        <PublicationCard key={publication.id} publication={publication} />
      ))}
    </section>
  )
}
