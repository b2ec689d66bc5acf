import type { ConversationId, MessageId } from '@tintype/contract'
import { HIGHEST_ID, LOWEST_ID, newId } from '../../../kit/ids.ts'
import { type Db, groupCommit, statement } from '../../db/port.ts'
import type { MessageHead, MovableMessageStore, NewMessage, StoredMessage } from '../port.ts'
import { appendSql } from './append-sql.ts'
import { postgresMoving } from './moving.ts'

const columns = 'conversation_id, message_id, sender_id, client_message_id, content, marks, version'
/** Messages written by one statement. */
const TOGETHER = 100

/**
 * Messages in a table partitioned by conversation. Those that come at the same moment share a statement. It locks the head of each of their
 * conversations, in one order, so that ids are given in the order of commits.
 */
export function openPostgresMessageStore(db: Db): MovableMessageStore {
  const append = groupCommit<NewMessage, Appended>(TOGETHER, async (messages) => {
    const rows = await appendAll(db.query, ...parametersOf(messages))
    const byPlace = new Map(rows.map(({ place, ...message }) => [Number(place), message]))
    return messages.map((_, at) => byPlace.get(at + 1))
  })
  const find: MovableMessageStore['find'] = async (conversationId, senderId, clientMessageId) =>
    (await selectSent(db.query, conversationId, senderId, clientMessageId))[0]

  return {
    async append(message) {
      const written = await append(message)
      if (written) return { message: written, isNew: true }
      const { conversation_id, sender_id, client_message_id } = message
      const first = await find(conversation_id, sender_id, client_message_id ?? '')
      if (!first) throw new Error('a message was neither written nor there')
      return { message: first, isNew: false }
    },
    find,
    page: (id, { before, after, limit }) =>
      after === undefined
        ? selectBefore(db.query, id, before ?? HIGHEST_ID, limit)
        : selectAfter(db.query, id, after, limit),
    async read(refs) {
      if (refs.length === 0) return []
      const [conversations, messages] = [
        refs.map((ref) => ref.conversation_id),
        refs.map((ref) => ref.message_id),
      ]
      return selectMany(db.query, conversations, messages)
    },
    async newest(ids, limit) {
      const rows = ids.length === 0 ? [] : await selectNewest(db.query, ids, limit)
      return Map.groupBy(rows, (row) => row.conversation_id)
    },
    async heads(asked, limit) {
      if (asked.length === 0) return []
      const ids = asked.map((one) => one.conversation_id)
      const rows = await selectHeads(
        db.query,
        ids,
        asked.map(({ above }) => above ?? LOWEST_ID),
        limit,
      )
      const found = Map.groupBy(rows, ({ place }) => Number(place))
      return asked.map((_, at) => (found.get(at + 1) ?? []).map(({ place: _place, ...head }) => head))
    },
    async edit({ conversation_id, message_id }, version, { content, marks }) {
      const parts = [content, marks].map((part) => (part === undefined ? null : JSON.stringify(part)))
      const rows = await update(db.query, conversation_id, message_id, version, ...parts)
      return rows.length > 0
    },
    async remove(conversationId, ids) {
      return ids.length === 0 ? 0 : (await removeMany(db.query, conversationId, ids)).length
    },
    ...postgresMoving(db),
    ping: () => db.ping(),
    async [Symbol.asyncDispose]() {},
  }
}

/** Undefined where it was written before. */
type Appended = StoredMessage | undefined

const appendAll = statement<StoredMessage & { place: string }>(appendSql)

/** As the statement takes them: a list for each column. */
const parametersOf = (messages: readonly NewMessage[]) => [
  messages.map((message) => message.conversation_id),
  messages.map((message) => message.at),
  // What makes an id unique beside its moment: the last 64 bits of another one.
  messages.map(() => newId<MessageId>().replaceAll('-', '').slice(16)),
  messages.map((message) => message.sender_id),
  messages.map((message) => message.client_message_id),
  messages.map((message) => JSON.stringify(message.content)),
  messages.map((message) => JSON.stringify(message.marks)),
]

const selectSent = statement<StoredMessage>(
  `select ${columns} from messages where conversation_id = $1 and sender_id is not distinct from $2 and client_message_id = $3`,
)
const selectBefore = statement<StoredMessage>(
  `select ${columns} from messages where conversation_id = $1 and message_id < $2 order by message_id desc limit $3`,
)
const selectAfter = statement<StoredMessage>(
  `select ${columns} from messages where conversation_id = $1 and message_id > $2 order by message_id limit $3`,
)
/** One by one by their key: a table that has just begun to grow would be read through. */
const selectMany = statement<StoredMessage>(`
  select m.* from unnest($1::uuid[], $2::uuid[]) asked (conversation, message), lateral (
    select ${columns} from messages
    where conversation_id = asked.conversation and message_id = asked.message limit 1) m`)
const selectNewest = statement<StoredMessage & { conversation_id: ConversationId }>(`
  select m.* from unnest($1::uuid[]) asked (id), lateral (
    select ${columns} from messages where conversation_id = asked.id order by message_id desc limit $2) m
  order by conversation_id, message_id desc`)
const selectHeads = statement<MessageHead & { place: string }>(`
  select place, m.* from unnest($1::uuid[], $2::uuid[]) with ordinality asked (id, above, place), lateral (
    select conversation_id, message_id, sender_id, marks from messages
    where conversation_id = asked.id and message_id > asked.above order by message_id desc limit $3) m
  order by place, message_id desc`)
const update = statement(`
  update messages set content = coalesce($4::text::jsonb, content), marks = coalesce($5::text::jsonb, marks),
    version = version + 1
  where conversation_id = $1 and message_id = $2 and version = $3 returning message_id`)
const removeMany = statement(
  'delete from messages where conversation_id = $1 and message_id = any($2::uuid[]) returning message_id',
)
