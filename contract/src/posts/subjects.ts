import type { PostId } from '../core/schema.ts'
import type { SubjectRef } from '../core/subject.ts'

export const postSubject = (id: PostId): SubjectRef<'post'> => ({ kind: 'post', id, partition: id })
