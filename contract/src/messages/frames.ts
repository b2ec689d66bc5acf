import { ConversationId, Exact, MessageId } from '../core/schema.ts'
import { frame } from '../core/sockets.ts'

export const conversationFrames = {
  typing: frame(
    'messages',
    'The member types. Its topic has to be joined. Repeat it every 3 seconds while they do; without another it ends after 6.',
    60,
    Exact({ conversation_id: ConversationId }),
  ),
  active: frame(
    'messages',
    'The member looks at the app. Repeat it every 30 seconds while they do; without another they are away after 60.',
    12,
    Exact({}),
  ),
  delivered: frame(
    'messages',
    'This device has the messages of a conversation up to one. Once for many is enough.',
    120,
    Exact({ conversation_id: ConversationId, up_to: MessageId }),
  ),
}
