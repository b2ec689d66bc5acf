import type { ConversationId } from '@tintype/contract'
import { type Sql, statement, type Tx } from '../../db/port.ts'

export type StoreName = 'postgres' | 'cassandra'

export interface Places {
  lies_in: StoreName
  /** Null: nothing is moved. */
  moving_to: StoreName | null
}

const BEFORE: Places = { lies_in: 'postgres', moving_to: null }

export const readPlaces = async (db: Sql | Tx): Promise<Places> => (await selectPlaces(db))[0] ?? BEFORE

/** Of a community that has no messages yet: they are to lie there. */
export async function beginIn(db: Sql, name: StoreName): Promise<void> {
  await begin(db, name)
}

export async function setPlaces(db: Sql, { lies_in, moving_to }: Places): Promise<void> {
  await set(db, lies_in, moving_to)
}

export interface Lying extends Places {
  moved: ConversationId[]
}

/** Of these conversations those that are moved, and the state, as they are at one moment. */
export async function whereLie(db: Sql | Tx, ids: readonly ConversationId[]): Promise<Lying> {
  return (await selectLying(db, ids))[0] ?? { ...BEFORE, moved: [] }
}

/** Where a conversation lies at that moment. */
export const storeOf = (id: ConversationId, { lies_in, moving_to, moved }: Lying): StoreName =>
  moving_to !== null && moved.includes(id) ? moving_to : lies_in

/** Answers whether it was noted: not where this is another session than the one that has the conversation's lock. */
export const noteMoved = async (db: Sql, id: ConversationId, session: number): Promise<boolean> =>
  (await insertMoved(db, id, session)).length > 0

export const sessionOf = async (db: Sql): Promise<number> => Number((await selectSession(db))[0]?.pid)

/** From here on everything is there; answers false where this is another session. */
export const endMove = async (db: Sql, to: StoreName, session: number): Promise<boolean> =>
  (await end(db, to, session)).length > 0

export const forgetMoved = statement('delete from moved_conversations')

/** Of whom all is moved, held for a moment by whoever writes while it is, and by whoever ends it. */
const EVERYTHING = 'messages:moving'
const lockOf = (id: ConversationId) => `messages:${id}`

/** Until the end of the transaction the conversation stays where it is. */
export async function holdStill(tx: Tx, id: ConversationId): Promise<void> {
  await share(tx, EVERYTHING, lockOf(id))
}

export const whileHeld = async <T>(db: Sql, id: ConversationId | undefined, work: () => Promise<T>) => {
  const name = id === undefined ? EVERYTHING : lockOf(id)
  await take(db, name)
  try {
    return await work()
  } finally {
    await giveBack(db, name).catch(() => {
      // The session is gone, and what it held with it.
    })
  }
}

const selectPlaces = statement<Places>('select lies_in, moving_to from message_places')
const begin = statement(`insert into message_places (lies_in)
  select $1 where not exists (select from message_heads) on conflict do nothing`)
const set = statement(`insert into message_places (lies_in, moving_to) values ($1, $2)
  on conflict (community) do update set lies_in = excluded.lies_in, moving_to = excluded.moving_to`)
const selectLying = statement<Lying>(`select lies_in, moving_to,
    array(select conversation_id from moved_conversations where conversation_id = any($1::uuid[])) as moved
  from message_places`)
const selectSession = statement<{ pid: number }>('select pg_backend_pid() as pid')
const insertMoved = statement(`with noted as (
    insert into moved_conversations (conversation_id) select $1::uuid where pg_backend_pid() = $2::int on conflict do nothing
  ) select 1 where pg_backend_pid() = $2::int`)
const end = statement(`update message_places set lies_in = $1, moving_to = null
  where pg_backend_pid() = $2::int returning lies_in`)
const share = statement(`select pg_advisory_xact_lock_shared(hashtextextended(name, 0))
  from unnest(array[$1, $2]) with ordinality as names (name, nth) order by nth`)
const take = statement('select pg_advisory_lock(hashtextextended($1, 0))')
const giveBack = statement('select pg_advisory_unlock(hashtextextended($1, 0))')
