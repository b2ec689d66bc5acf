import { type ScheduledId, scheduledSubject } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { JudgeSubjects, SubjectKind } from '../subject.ts'
import { readScheduled } from './store.ts'

/** What waits is its author's alone, its files too. */
export function scheduledKind(db: Db): SubjectKind {
  const visible: JudgeSubjects = async (viewerId, subjects) => {
    if (viewerId === null) return new Set()
    const rows = await readScheduled(
      db.query,
      subjects.map(({ id }) => id as ScheduledId),
    )
    return new Set(
      rows.flatMap(({ author_id, scheduled_id }) => (author_id === viewerId ? [scheduled_id] : [])),
    )
  }
  return {
    kind: 'scheduled',
    visible,
    // It has no page of its own.
    previews: async () => new Map(),
    media: { post: { access: visible } },
    ends: { 'scheduled.deleted': ({ scheduled_id }) => [scheduledSubject(scheduled_id)] },
  }
}
