import type { UserId } from '../core/schema.ts'
import type { SubjectRef } from '../core/subject.ts'
import type { ActId } from './schemas.ts'

/** What moderators did with a member, or answered to their appeal, as they are told of it. */
export const moderationSubject = (
  kind: 'moderation_act' | 'moderation_answer',
  member: UserId,
  id: ActId,
): SubjectRef => ({ kind, id, partition: member })
