import type { ConversationId, Events, Message, MessageId, UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import { readInbox } from './inbox-store.ts'
import { type ConversationsReader, memberOf } from './reader.ts'
import type { MessageShow } from './show.ts'

export interface FaceDeps {
  db: Db
  reader: Pick<ConversationsReader, 'records' | 'row' | 'sees'>
  show: MessageShow
}

/** What other modules ask of messages: who is to be told of one, and what they are shown. */
export class MessagesFace {
  readonly #deps: FaceDeps

  constructor(deps: FaceDeps) {
    this.#deps = deps
  }

  /**
   * Those of a message's recipients who want to be told of it now: they are in the conversation, have not muted it, see the message, and have
   * not read it yet on some device. Nobody where it is gone.
   */
  async wanting({ conversation_id, message_id, recipient_ids }: Events['message.sent']): Promise<UserId[]> {
    const { db, reader } = this.#deps
    const [record, row] = await Promise.all([
      reader.records([conversation_id]).then((found) => found.get(conversation_id)),
      reader.row(conversation_id, message_id),
    ])
    if (!record || !row || row.marks.unsent || row.sender_id === null) return []
    const wanting = await Promise.all(
      recipient_ids.map(async (user_id) => {
        const me = memberOf(record, user_id)
        if (!me || me.muted || me.status === 'declined') return []
        if (!(await reader.sees({ record, me }, [row])).has(message_id)) return []
        const [place] = await readInbox(db.query, user_id, [conversation_id])
        return place?.seen_up_to && place.seen_up_to >= message_id ? [] : [user_id]
      }),
    )
    return wanting.flat()
  }

  /** As the API would answer this member; undefined where they do not see it. */
  async messageFor(
    userId: UserId,
    conversationId: ConversationId,
    messageId: MessageId,
  ): Promise<Message | undefined> {
    const record = (await this.#deps.reader.records([conversationId])).get(conversationId)
    const me = record && memberOf(record, userId)
    const row = me && (await this.#deps.reader.row(conversationId, messageId))
    return record && me && row && this.#deps.show.one({ record, me }, row)
  }
}
