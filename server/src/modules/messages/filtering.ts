import { messageSubject } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Event } from '../../engines/event-log/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { SpamFilter } from '../moderation/api.ts'
import { setFiltered } from './inbox-store.ts'
import { type ConversationsReader, memberOf } from './reader.ts'

export interface FilteringDeps {
  db: Db
  outbox: Pick<Outbox, 'append'>
  reader: Pick<ConversationsReader, 'records' | 'row'>
  spam: SpamFilter
}

/** What strangers write that looks like spam is put where nothing rings and nothing counts; after the fact, so that no message waits. */
export class Filtering {
  readonly #deps: FilteringDeps

  constructor(deps: FilteringDeps) {
    this.#deps = deps
  }

  async filter({ payload }: Event<'message.sent'>): Promise<void> {
    const { db, outbox, reader, spam } = this.#deps
    const { conversation_id, message_id, sender_id, recipient_ids } = payload
    const [recipientId, ...others] = recipient_ids
    if (!sender_id || !recipientId || others.length > 0) return
    const record = (await reader.records([conversation_id])).get(conversation_id)
    if (!record || memberOf(record, recipientId)?.status !== 'request') return
    const text = (await reader.row(conversation_id, message_id))?.content.body
    const verdict = text ? await spam.holds(sender_id, message_id, text) : undefined
    if (!verdict) return
    await db.tx(async (tx) => {
      if (!(await setFiltered(tx, conversation_id, recipientId))) return
      const told = { conversation_id, user_id: recipientId, gone: true }
      const found = { subject: messageSubject(conversation_id, message_id), user_id: sender_id, ...verdict }
      await outbox.append(tx, [
        { type: 'conversation.settings_changed', payload: told },
        { type: 'moderation.spam_found', payload: { ...found, reasons: withoutWords(verdict.reasons) } },
      ])
    })
  }
}

/** What a message says stays between its members: of its words moderators learn how much they weighed. */
function withoutWords(reasons: readonly { what: string; weight: number }[]) {
  const said = reasons.filter(({ what }) => what.startsWith('term:'))
  const others = reasons.filter(({ what }) => !what.startsWith('term:'))
  const weight = said.reduce((sum, one) => sum + one.weight, 0)
  return said.length === 0 ? others : [...others, { what: 'terms', weight }]
}
