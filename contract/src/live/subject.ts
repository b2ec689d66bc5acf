import type { SubjectRef } from '../core/subject.ts'
import type { LiveId } from './schemas.ts'

export const liveSubject = (id: LiveId): SubjectRef<'live'> => ({ kind: 'live', id, partition: id })
