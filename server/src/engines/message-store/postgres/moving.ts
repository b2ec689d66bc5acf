import type { ConversationId, MessageId } from '@tintype/contract'
import { LOWEST_ID } from '../../../kit/ids.ts'
import { type Db, statement } from '../../db/port.ts'
import type { MovableMessageStore } from '../port.ts'

/** Messages that are put by one statement. */
const TOGETHER = 100
/** Conversations that are listed by one. */
const SCANNED = 1000

export const postgresMoving = (db: Db): Pick<MovableMessageStore, 'conversations' | 'reached' | 'put'> => ({
  async *conversations() {
    for (let some = await selectConversations(db.query, LOWEST_ID, SCANNED); some.length > 0; ) {
      for (const { conversation_id } of some) yield conversation_id
      some = await selectConversations(db.query, some.at(-1)?.conversation_id, SCANNED)
    }
  },
  async reached(id) {
    const [head] = await selectReached(db.query, id)
    return head ? (`${head.place}-ffff-ffffffffffff` as MessageId) : null
  },
  async put(id, messages, reached) {
    for (let at = 0; at < messages.length; at += TOGETHER)
      await putAll(db.query, id, JSON.stringify(messages.slice(at, at + TOGETHER)))
    const last = reached ?? messages.at(-1)?.message_id
    if (last) await raise(db.query, id, last.replaceAll('-', ''))
  },
})

const selectConversations = statement<{ conversation_id: ConversationId }>(
  'select conversation_id from message_heads where conversation_id > $1 order by conversation_id limit $2',
)
const selectReached = statement<{ place: string }>(`
  select regexp_replace(lpad(to_hex(last_tick >> 12), 12, '0'), '(.{8})', '\\1-') || '-7' || lpad(to_hex(last_tick & 4095), 3, '0') as place
  from message_heads where conversation_id = $1`)
const putAll = statement(`
  insert into messages (conversation_id, message_id, sender_id, client_message_id, content, marks, version)
  select $1::uuid, message_id, sender_id, client_message_id, content, marks, version
  from jsonb_to_recordset($2::text::jsonb)
    as put (message_id uuid, sender_id uuid, client_message_id text, content jsonb, marks jsonb, version integer)
  on conflict (conversation_id, message_id) do update set sender_id = excluded.sender_id,
    client_message_id = excluded.client_message_id, content = excluded.content, marks = excluded.marks, version = excluded.version`)
const raise = statement(`
  insert into message_heads as head (conversation_id, last_tick)
  select $1::uuid, (('x' || lpad(substr($2, 1, 12) || substr($2, 14, 3), 16, '0'))::bit(64))::bigint
  on conflict (conversation_id) do update set last_tick = greatest(head.last_tick, excluded.last_tick)`)
