import { type Events, type ScheduledId, scheduledSubject } from '@tintype/contract'
import { createT } from '@tintype/contract/core/texts'
import type { Db } from '../../engines/db/port.ts'
import { begins, ends, factOf, type Notices } from '../notice.ts'
import { readScheduled } from './store.ts'

const t = createT({ failed: 'A post that you left for later could not be published' })

const factFor = ({ author_id, scheduled_id }: Events['scheduled.mended']) =>
  factOf('schedule_failed', author_id, author_id, scheduledSubject(scheduled_id))

/** That a post was not published at its time, until its author has mended it or taken it away. */
export const scheduledNotices = ({ db }: { db: Db }): Notices => ({
  on: {
    'scheduled.failed': (e) => begins(factFor(e)),
    'scheduled.mended': (e) => ends(factFor(e)),
  },
  faceless: ['schedule_failed'],
  pushes: { schedule_failed: { kind: 'community', body: () => t('failed') } },
  async stillTrue(facts) {
    const ours = facts.filter(({ type }) => type === 'schedule_failed')
    if (ours.length === 0) return []
    const rows = await readScheduled(
      db.query,
      ours.map(({ subject }) => subject.id as ScheduledId),
    )
    const failed = new Set<string>(rows.flatMap((row) => (row.failure_code === null ? [] : row.scheduled_id)))
    return ours.filter(({ subject }) => failed.has(subject.id))
  },
})
