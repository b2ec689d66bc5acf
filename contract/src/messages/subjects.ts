import type { ConversationId, MessageId } from '../core/schema.ts'
import type { SubjectRef } from '../core/subject.ts'

export const conversationSubject = (id: ConversationId): SubjectRef<'conversation'> => ({
  kind: 'conversation',
  id,
  partition: id,
})

export const messageSubject = (conversation: ConversationId, id: MessageId): SubjectRef<'message'> => ({
  kind: 'message',
  id,
  partition: conversation,
})
