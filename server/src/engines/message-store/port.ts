import type { ConversationId, MessageId, UserId } from '@tintype/contract'

/** JSON; what is in it, its writer knows. */
export type Json = Readonly<Record<string, unknown>>

export interface MessageRef {
  conversation_id: ConversationId
  message_id: MessageId
}

/** What is decided by: who wrote it, and marks that are small. */
export interface MessageHead extends MessageRef {
  /** Null: a line of the conversation itself. */
  sender_id: UserId | null
  marks: Json
}

export interface StoredMessage extends MessageHead {
  client_message_id: string | null
  content: Json
  /** Raised by each change. */
  version: number
}

export interface NewMessage extends Omit<StoredMessage, 'message_id' | 'version'> {
  /** The time it is sent, milliseconds since 1970. */
  at: number
  /** Seconds from now, after which it may be gone without anybody having removed it. */
  forget_after?: number
}

export interface MessageChanges {
  content?: Json
  marks?: Json
  /** As with a new one; what has it is given it with each change. */
  forget_after?: number
}

/** Messages above and below are meant without the one named. */
export type PageOf = { limit: number } & (
  | { before?: MessageId; after?: undefined }
  | { after: MessageId; before?: undefined }
)

/**
 * What conversations hold: partitioned by conversation, ordered by message id in it. Nothing here joins, or changes two conversations
 * at once.
 */
export interface MessageStore extends AsyncDisposable {
  /**
   * Writes a message under an id that the store makes: a UUIDv7 of `at` or, where the conversation is further by then, of the next moment
   * that is free. Ids rise in the order in which messages come to be seen: whoever sees one has seen, or can read, all that will ever be
   * below it. It lasts at the latest from when something lasts that was committed to the database after it. A second message of the same sender (or line of the conversation) with the same `client_message_id` is not written: the first one is answered.
   */
  append(message: NewMessage): Promise<{ message: StoredMessage; isNew: boolean }>
  /** By what its sender's device called it. */
  find(
    conversationId: ConversationId,
    senderId: UserId | null,
    clientMessageId: string,
  ): Promise<StoredMessage | undefined>
  /** Newest first; those after one, oldest first. */
  page(conversationId: ConversationId, page: PageOf): Promise<StoredMessage[]>
  /** Those that there are, in no order. */
  read(refs: readonly MessageRef[]): Promise<StoredMessage[]>
  /** Of each conversation the newest few, newest first. */
  newest(ids: readonly ConversationId[], limit: number): Promise<Map<ConversationId, StoredMessage[]>>
  /** Of each, without content, those above a message (null: all), newest first, at most `limit` each; in the order asked. */
  heads(
    asked: readonly { conversation_id: ConversationId; above: MessageId | null }[],
    limit: number,
  ): Promise<MessageHead[][]>
  /** Changes a message that is still of that version; false where it is not, or is gone. */
  edit(ref: MessageRef, version: number, changes: MessageChanges): Promise<boolean>
  /** As if they had never been. Answers how many there were. */
  remove(conversationId: ConversationId, ids: readonly MessageId[]): Promise<number>
  ping(): Promise<void>
}

/** From and to which messages are moved. */
export interface MovableMessageStore extends MessageStore {
  /** Those in which something was ever said; some may come twice. */
  conversations(): AsyncIterable<ConversationId>
  /** No id made from now on is at or below it; null: nothing was said yet. */
  reached(conversationId: ConversationId): Promise<MessageId | null>
  /** Writes messages as they are in another store, oldest first, over those that are here; nobody else may write to the conversation meanwhile. */
  put(
    conversationId: ConversationId,
    messages: readonly StoredMessage[],
    reached: MessageId | null,
  ): Promise<void>
}
