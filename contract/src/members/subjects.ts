import type { UserId } from '../core/schema.ts'
import type { SubjectRef } from '../core/subject.ts'

export const memberSubject = (id: UserId): SubjectRef<'member'> => ({ kind: 'member', id, partition: id })
