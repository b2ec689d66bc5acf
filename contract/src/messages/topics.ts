import { ConversationId } from '../core/schema.ts'
import { topic } from '../core/sockets.ts'

export const conversationTopics = {
  conversation: topic(
    'messages',
    'A conversation that is open: who types, and who is there. Messages are said to each member, whatever is open.',
    ConversationId,
    ['conversation.typing', 'conversation.presence'],
  ),
}
