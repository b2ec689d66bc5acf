import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { live } from '../../../data/live.ts'
import { LoadError } from '../../../shell/LoadError.tsx'
import styles from '../../../things/account/Sections.module.css'
import { PeopleSkeleton } from '../../../things/people/PeopleRows.tsx'
import { DryingLine } from '../../../ui/drawings/DryingLine.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { t } from './messages.ts'
import { ScheduledCard } from './ScheduledCard.tsx'
import { readScheduledAgain, scheduledQuery } from './scheduled-query.ts'

/** One's posts that wait for their time. */
export function ScheduledSection() {
  const { data, error, refetch } = useQuery(scheduledQuery)
  // One has been published, by its time or on another device.
  useEffect(() => live.on('post.status', () => void readScheduledAgain()), [])
  if (error && !data) return <LoadError error={error} onRetry={refetch} />
  if (!data) return <PeopleSkeleton rows={3} />
  if (data.length === 0)
    return <EmptyState drawing={<DryingLine />} title={t('empty')} text={t('emptyText')} />
  return (
    <div className={styles.form}>
      <p className={styles.note}>{t('text')}</p>
      {data.map((post) => (
        <ScheduledCard key={post.scheduled_id} post={post} />
      ))}
    </div>
  )
}
