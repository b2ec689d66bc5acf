import type { CommentId, PostId } from '../core/schema.ts'
import type { SubjectRef } from '../core/subject.ts'

export const commentSubject = (post: PostId, id: CommentId): SubjectRef<'comment'> => ({
  kind: 'comment',
  id,
  partition: post,
})
