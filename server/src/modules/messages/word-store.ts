import type { ConversationId, MessageId } from '@tintype/contract'
import { sql } from 'kysely'
import { lock, type Sql, type Tx } from '../../engines/db/port.ts'
import type { MessageRef } from '../../engines/message-store/port.ts'

/** In no text: behind all that begins with a word. */
const LAST = '\u{10ffff}'

/** The words of a message of that version; of an older one than is there, nothing is done. */
export async function setWords(
  tx: Tx,
  { conversation_id, message_id }: MessageRef,
  version: number,
  words: readonly string[],
): Promise<void> {
  await lock(tx, `message words ${message_id}`)
  const { rows } = await sql<{ words: string[] }>`
    select words from indexed_messages
    where conversation_id = ${conversation_id} and message_id = ${message_id} and version >= ${version}`.execute(
    tx,
  )
  if (rows.length > 0) return
  await dropWords(tx, conversation_id, [message_id])
  await sql`insert into indexed_messages (conversation_id, message_id, version, words)
    values (${conversation_id}, ${message_id}, ${version}, ${words}::text[])`.execute(tx)
  await sql`insert into message_words (conversation_id, word, message_id)
    select ${conversation_id}::uuid, word, ${message_id}::uuid from unnest(${words}::text[]) as word
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

export async function markIndexed(db: Sql, id: ConversationId): Promise<void> {
  await sql`insert into indexed_conversations (conversation_id) values (${id}) on conflict do nothing`.execute(
    db,
  )
}

export async function forgetIndexed(db: Sql | Tx, ids: readonly ConversationId[]): Promise<void> {
  await sql`delete from indexed_conversations where conversation_id = any(${ids}::uuid[])`.execute(db)
}

/** Some that are not all there. */
export async function unindexed(db: Sql, limit: number): Promise<ConversationId[]> {
  const { rows } = await sql<{ conversation_id: ConversationId }>`
    select conversation_id from conversations c
    where not exists (select from indexed_conversations i where i.conversation_id = c.conversation_id)
    limit ${limit}`.execute(db)
  return rows.map((row) => row.conversation_id)
}
