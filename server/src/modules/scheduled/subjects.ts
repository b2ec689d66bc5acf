import { type ScheduledId, scheduledSubject } from '@tintype/contract'
import { ownKind } from '../own-kind.ts'
import type { SubjectKind } from '../subject.ts'
import type { ScheduledDeps } from './deps.ts'
import { readScheduled } from './store.ts'

/** What waits is its author's alone, its files too. */
export function scheduledKind({ db, people }: Pick<ScheduledDeps, 'db' | 'people'>): SubjectKind {
  const own = ownKind('scheduled', {
    people,
    address: '/settings/scheduled',
    async standing(member, ids) {
      const rows = await readScheduled(db.query, ids as ScheduledId[])
      return new Set(rows.flatMap((row) => (row.author_id === member ? row.scheduled_id : [])))
    },
  })
  return {
    ...own,
    media: { post: { access: own.visible } },
    ends: { 'scheduled.deleted': ({ scheduled_id }) => [scheduledSubject(scheduled_id)] },
  }
}
