import type { MessageId, UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { MessageStore } from '../../engines/message-store/port.ts'
import type { ConversationRecord } from './conversation-store.ts'
import { headOf } from './envelope.ts'
import { countRequests, unreadCandidates } from './inbox-store.ts'
import { type ConversationsReader, type Mine, memberOf } from './reader.ts'

export interface UnreadDeps {
  db: Db
  messageStore: Pick<MessageStore, 'heads'>
  reader: Pick<ConversationsReader, 'records' | 'sees'>
}

/** Messages looked at in one conversation, beyond which there is no more counting. */
export const MOST_UNREAD = 100

/** What one has not read, counted from what is there whenever somebody asks: so nothing has to be counted back. */
export class Unread {
  readonly #deps: UnreadDeps

  constructor(deps: UnreadDeps) {
    this.#deps = deps
  }

  /** Badges; every id asked gets an answer. */
  async counts(userIds: readonly UserId[]): Promise<Map<UserId, number>> {
    const counts = new Map(userIds.map((id) => [id, 0]))
    const candidates = await unreadCandidates(this.#deps.db.query, userIds)
    const records = await this.#deps.reader.records([
      ...new Set(candidates.map((one) => one.conversation_id)),
    ])
    const asked = candidates.flatMap(({ user_id, conversation_id, seen_up_to }) => {
      const mine = mineOf(records.get(conversation_id), user_id)
      return mine ? [{ ...mine, above: seen_up_to }] : []
    })
    for (const [at, count] of (await this.within(asked)).entries()) {
      const id = asked[at]?.me.user_id
      if (id && count > 0) counts.set(id, (counts.get(id) ?? 0) + 1)
    }
    return counts
  }

  /** How many messages each of these members has not read, in the order given: others', that they see. */
  async within(asked: readonly (Mine & { above: MessageId | null })[]): Promise<number[]> {
    const heads = await this.#deps.messageStore.heads(
      asked.map(({ record, above }) => ({ conversation_id: record.conversation_id, above })),
      MOST_UNREAD,
    )
    return Promise.all(
      asked.map(async (mine, at) => {
        const others = (heads[at] ?? [])
          .map(headOf)
          .filter(
            ({ sender_id, marks }) => !marks.unsent && sender_id !== null && sender_id !== mine.me.user_id,
          )
        return others.length === 0 ? 0 : (await this.#deps.reader.sees(mine, others)).size
      }),
    )
  }

  async of(userId: UserId): Promise<{ count: number; requests_count: number; filtered_count: number }> {
    const [counts, requests] = await Promise.all([
      this.counts([userId]),
      countRequests(this.#deps.db.query, userId),
    ])
    return { count: counts.get(userId) ?? 0, ...requests }
  }
}

const mineOf = (record: ConversationRecord | undefined, userId: UserId): Mine | undefined => {
  const me = record && memberOf(record, userId)
  return record && me && { record, me }
}
