import { event } from '../core/events.ts'
import type { ConversationId, MessageId, UserId } from '../core/schema.ts'
import type { SystemLine } from './schemas.ts'

interface InConversation {
  conversation_id: ConversationId
}
const key = (e: InConversation) => e.conversation_id
const inConversation = <More>() => event<InConversation & More>(key)
type OfMessage = { message_id: MessageId }
/** There may be an address in its text. */
type Linked = { link?: true }
/** What the conversation itself says of it. */
type Line = { line?: { event: SystemLine['event']; actor_id: UserId; user_ids: UserId[] } }

export const conversationEvents = {
  /** `members_changed` says who is in it from then on. */
  'conversation.created': inConversation<Line & { creator_id: UserId; member_ids: UserId[] }>(),
  /** Name, picture, admins or invitation. */
  'conversation.changed': inConversation<Line>(),
  'conversation.members_changed': inConversation<Line & { joined_ids: UserId[]; left_ids: UserId[] }>(),
  /** What a member has set for themself: accepted, declined, muted, pinned, deleted. `gone`: it is in none of their lists now. */
  'conversation.settings_changed': inConversation<{ user_id: UserId; gone?: boolean }>(),
  /** A member's mark moved on. */
  'conversation.read': inConversation<{ user_id: UserId; up_to: MessageId }>(),
  /**
   * `recipient_ids`: members but its sender who had not declined the conversation. Which of them have muted it, do not see it, or
   * have read it by now, ask `Conversations.wanting`. `sender_id` null: a line of the conversation itself, of which nobody is told.
   */
  'message.sent': inConversation<
    OfMessage & Linked & { sender_id: UserId | null; recipient_ids: UserId[] }
  >(),
  'message.edited': inConversation<OfMessage & Linked & { sender_id: UserId }>(),
  /** By its sender, or with their account. */
  'message.unsent': inConversation<OfMessage & { sender_id: UserId }>(),
  /** A reaction was set (null: taken back). `author_id`: whose message it is. */
  'message.reacted': inConversation<
    OfMessage & { user_id: UserId; author_id: UserId; emoji: string | null }
  >(),
  /** One that can be seen once, by one of those whom it was for. */
  'message.opened': inConversation<OfMessage & { user_id: UserId }>(),
  /** Its pictures are ready, or cannot be used; or what its address leads to is known. */
  'message.settled': inConversation<OfMessage>(),
  /** Its time was over, and its content is deleted. */
  'message.expired': inConversation<OfMessage>(),
  /** Presence, receipts, who may write. */
  'messages.settings_changed': event<{ user_id: UserId }>((e) => e.user_id),
}
