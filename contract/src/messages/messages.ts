import { ConversationId, Exact, MessageId, Nullable, Timestamp, Type, UserId } from '../core/schema.ts'
import { message } from '../core/sockets.ts'
import { Message } from './schemas.ts'

const mark = Exact({ conversation_id: ConversationId, user_id: UserId, up_to: MessageId })

export const conversationMessages = {
  'message.created': message(
    'messages',
    'A message, as the API would answer it to this member, who may be its sender. The order is that of `message_id`.',
    Exact({ message: Message }),
  ),
  'message.changed': message(
    'messages',
    'A message was edited, unsent, reacted to or opened, or its pictures are ready: it is as given from now on.',
    Exact({ message: Message }),
  ),
  'message.gone': message(
    'messages',
    'A message is not there any more for this member: its time was over.',
    Exact({ conversation_id: ConversationId, message_id: MessageId }),
  ),
  'conversation.changed': message(
    'messages',
    'Members, name, picture, or what this member has set: fetch it again, where it is shown. Also of one that is new.',
    Exact({ conversation_id: ConversationId }),
  ),
  'conversation.gone': message(
    'messages',
    'The member is not in this conversation any more, or has deleted it: take it off the list, and close it.',
    Exact({ conversation_id: ConversationId }),
  ),
  'conversation.read': message(
    'messages',
    'A member (perhaps oneself, on another device) has read up to a message. Not told of those who keep it to themselves.',
    mark,
  ),
  'conversation.delivered': message(
    'messages',
    'The same of messages that have reached a member’s device.',
    mark,
  ),
  'conversation.typing': message(
    'messages',
    'Somebody types. It ends with their next message, and by itself after 6 seconds without another.',
    Exact({ conversation_id: ConversationId, user_id: UserId }),
  ),
  'conversation.presence': message(
    'messages',
    'Who is there, and since when others are not; repeated while they are, and over after 60 seconds without another. Said on joining as well. Left out is who keeps it to themselves, and everybody for who does.',
    Exact({
      conversation_id: ConversationId,
      members: Type.Array(
        Exact({ user_id: UserId, active: Type.Boolean(), last_active_at: Nullable(Timestamp) }),
      ),
    }),
  ),
  'messages.unread': message(
    'messages',
    'The badge: accepted conversations that are not muted with something unread.',
    Exact({ count: Type.Integer() }),
  ),
}
