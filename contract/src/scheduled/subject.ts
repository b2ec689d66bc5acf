import type { SubjectRef } from '../core/subject.ts'
import type { ScheduledId } from './schemas.ts'

export const scheduledSubject = (id: ScheduledId): SubjectRef<'scheduled'> => ({
  kind: 'scheduled',
  id,
  partition: id,
})
