import type { SubjectRef } from '../core/subject.ts'
import type { AnnouncementId } from './schemas.ts'

export const announcementSubject = (id: AnnouncementId): SubjectRef<'announcement'> => ({
  kind: 'announcement',
  id,
  partition: id,
})
