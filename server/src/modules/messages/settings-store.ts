import type { ConversationId, MessageId, MessageSettings, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { type Sql, statement, type Tx } from '../../engines/db/port.ts'

type Handle = Sql | Tx

export const readSettings = (
  db: Handle,
  ids: readonly UserId[],
): Promise<(MessageSettings & { user_id: UserId })[]> => selectSettings(db, ids)
const selectSettings = statement<MessageSettings & { user_id: UserId }>(`
  select user_id, presence, read_receipts, accept_from from message_settings where user_id = any($1::uuid[])`)

export async function saveSettings(tx: Tx, userId: UserId, settings: MessageSettings): Promise<void> {
  const { presence, read_receipts, accept_from } = settings
  await sql`
    insert into message_settings (user_id, presence, read_receipts, accept_from)
    values (${userId}, ${presence}, ${read_receipts}, ${accept_from})
    on conflict (user_id) do update set presence = excluded.presence, read_receipts = excluded.read_receipts,
      accept_from = excluded.accept_from`.execute(tx)
}

export async function dropSettings(db: Handle, userId: UserId): Promise<void> {
  await sql`
    with presence as (delete from member_presence where user_id = ${userId})
    delete from message_settings where user_id = ${userId}`.execute(db)
}

export async function setPresence(db: Handle, userId: UserId, at: Date): Promise<void> {
  await sql`
    insert into member_presence (user_id, active_at) values (${userId}, ${at})
    on conflict (user_id) do update set active_at = excluded.active_at`.execute(db)
}

export async function readPresence(
  db: Handle,
  ids: readonly UserId[],
): Promise<{ user_id: UserId; active_at: Date }[]> {
  const { rows } = await sql<{ user_id: UserId; active_at: Date }>`
    select user_id, active_at from member_presence where user_id = any(${ids}::uuid[])`.execute(db)
  return rows
}

export interface Passing {
  conversation_id: ConversationId
  message_id: MessageId
}

/** From then on the message is to be looked at; never later than was said before. */
export async function setPassing(
  db: Handle,
  { conversation_id, message_id }: Passing,
  due: Date,
): Promise<void> {
  await sql`
    insert into passing_messages (conversation_id, message_id, due_at) values (${conversation_id}, ${message_id}, ${due})
    on conflict (conversation_id, message_id) do update set due_at = least(passing_messages.due_at, excluded.due_at)`.execute(
    db,
  )
}

export async function passingBy(db: Handle, now: Date, limit: number): Promise<Passing[]> {
  const { rows } = await sql<Passing>`
    select conversation_id, message_id from passing_messages where due_at <= ${now} order by due_at limit ${limit}`.execute(
    db,
  )
  return rows
}

export async function dropPassing(tx: Handle, { conversation_id, message_id }: Passing): Promise<void> {
  await sql`
    delete from passing_messages where conversation_id = ${conversation_id} and message_id = ${message_id}`.execute(
    tx,
  )
}

/** Another look is due then. */
export async function putOffPassing(db: Handle, { conversation_id, message_id }: Passing, due: Date) {
  await sql`
    update passing_messages set due_at = ${due}
    where conversation_id = ${conversation_id} and message_id = ${message_id}`.execute(db)
}
