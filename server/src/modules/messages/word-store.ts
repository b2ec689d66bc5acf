import type { ConversationId, MessageId } from '@tintype/contract'
import { sql } from 'kysely'
import { lockAll, type Sql, type Tx } from '../../engines/db/port.ts'
import type { MessageRef } from '../../engines/message-store/port.ts'

/** In no text: behind all that begins with a word. */
const LAST = '\u{10ffff}'

/** Of a message that has this version. */
export interface WordsOfMessage extends MessageRef {
  version: number
  words: readonly string[]
}

/** Once for each message; where those of a newer version are there already, nothing is done. All by key: these tables grow fast, and a plan is kept. */
export async function setWords(tx: Tx, messages: readonly WordsOfMessage[]): Promise<void> {
  await lockAll(
    tx,
    messages.map(({ message_id }) => `message words ${message_id}`),
  )
  await sql`
    with asked as (
      select * from json_to_recordset(${JSON.stringify(messages)}::text::json)
        as asked (conversation_id uuid, message_id uuid, version integer, words text[])
    ), newer as (
      select asked.*, coalesce(known.words, '{}') as known from asked
      left join lateral (
        select version, words from indexed_messages i
        where i.conversation_id = asked.conversation_id and i.message_id = asked.message_id limit 1
      ) known on true
      where known.version is null or known.version < asked.version
    ), gone as (
      delete from message_words where ctid = any(array(
        select w.ctid from newer n, unnest(n.known) as said (one), lateral (
          select ctid from message_words
          where conversation_id = n.conversation_id and word = said.one and message_id = n.message_id limit 1
        ) w where said.one <> all(n.words)
      ))
    ), noted as (
      insert into indexed_messages (conversation_id, message_id, version, words)
      select conversation_id, message_id, version, words from newer
      on conflict (conversation_id, message_id) do update set version = excluded.version, words = excluded.words
    )
    insert into message_words (conversation_id, word, message_id)
    select conversation_id, word, message_id from newer, unnest(words) as word
    on conflict do nothing`.execute(tx)
}

export async function dropWords(db: Sql | Tx, id: ConversationId, ids: readonly MessageId[]): Promise<void> {
  if (ids.length === 0) return
  await sql`
    with gone as (
      delete from indexed_messages where conversation_id = ${id} and message_id = any(${ids}::uuid[])
      returning message_id, words
    )
    delete from message_words w using gone, unnest(gone.words) as said (one)
    where w.conversation_id = ${id} and w.word = said.one and w.message_id = gone.message_id`.execute(db)
}

/** Messages with words that begin so, all of them, newest first. */
export async function findWords(
  db: Sql,
  id: ConversationId,
  words: readonly string[],
  { before, above, limit }: { before: MessageId | undefined; above: MessageId | null; limit: number },
): Promise<MessageId[]> {
  const below = before === undefined ? sql`` : sql`and message_id < ${before}::uuid`
  const higher = above === null ? sql`` : sql`and message_id > ${above}::uuid`
  const sets = words.map(
    (word) => sql`
      select message_id from message_words
      where conversation_id = ${id} and word >= ${word} and word < ${word + LAST} ${below} ${higher}`,
  )
  const { rows } = await sql<{ message_id: MessageId }>`
    select distinct message_id from (${sql.join(sets, sql` intersect `)}) found
    order by message_id desc limit ${limit}`.execute(db)
  return rows.map((row) => row.message_id)
}

export async function isIndexed(db: Sql, id: ConversationId): Promise<boolean> {
  const { rows } = await sql`select from indexed_conversations where conversation_id = ${id}`.execute(db)
  return rows.length > 0
}

export async function markIndexed(db: Sql, ids: readonly ConversationId[]): Promise<void> {
  if (ids.length === 0) return
  await sql`
    insert into indexed_conversations (conversation_id) select unnest(${ids}::uuid[]) on conflict do nothing`.execute(
    db,
  )
}

export async function forgetIndexed(db: Sql | Tx, ids: readonly ConversationId[]): Promise<void> {
  await sql`delete from indexed_conversations where conversation_id = any(${ids}::uuid[])`.execute(db)
}

/** Some that are not all there. */
export async function unindexed(
  db: Sql,
  after: ConversationId | undefined,
  limit: number,
): Promise<ConversationId[]> {
  const from = after === undefined ? sql`` : sql`and c.conversation_id > ${after}::uuid`
  const { rows } = await sql<{ conversation_id: ConversationId }>`
    select conversation_id from conversations c
    where not exists (select from indexed_conversations i where i.conversation_id = c.conversation_id) ${from}
    order by c.conversation_id limit ${limit}`.execute(db)
  return rows.map((row) => row.conversation_id)
}
