import type { SessionId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { type Sql, statement, type Tx } from '../../engines/db/port.ts'
import type { AccountRow } from './account-store.ts'

export interface SessionRow {
  user_id: UserId
  session_id: SessionId
  /** Of the refresh token that is good now; each refresh adds one. */
  generation: number
  rotated_at: Date
  created_at: Date
  last_used_at: Date
  expires_at: Date
  user_agent: string
  ip: string
  /** When the member last proved in it that it is them; null: before it was noted. */
  proven_at: Date | null
}

type Tables = {
  sessions: SessionRow
  users: AccountRow
}
const tables = (db: Sql | Tx) => db.withTables<Tables>()

export interface SessionName {
  user_id: UserId
  session_id: SessionId
}

export async function insertSession(db: Sql | Tx, row: SessionRow): Promise<void> {
  await tables(db).insertInto('sessions').values(row).execute()
}

export function readSession(
  db: Sql | Tx,
  { user_id, session_id }: SessionName,
): Promise<SessionRow | undefined> {
  return tables(db)
    .selectFrom('sessions')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('session_id', '=', session_id)
    .executeTakeFirst()
}

/** A live session with its member's role: what a token is checked against when a process first meets it. */
export async function readLiveSession(
  db: Sql,
  { user_id, session_id }: SessionName,
  now: Date,
): Promise<{ role: AccountRow['role'] } | undefined> {
  const [session] = await selectLiveSession(db, user_id, session_id, now)
  return session
}

const selectLiveSession = statement<{ role: AccountRow['role'] }>(`
  select users.role from sessions join users using (user_id)
  where sessions.user_id = $1 and session_id = $2 and expires_at > $3 and deleted_at is null`)

/** When it was last proven in this session that it is the member; undefined: it was not, or the session is over. */
export async function readProof(db: Sql, { user_id, session_id }: SessionName): Promise<Date | undefined> {
  const row = await tables(db)
    .selectFrom('sessions')
    .select('proven_at')
    .where('user_id', '=', user_id)
    .where('session_id', '=', session_id)
    .executeTakeFirst()
  return row?.proven_at ?? undefined
}

export async function noteProof(db: Sql, { user_id, session_id }: SessionName, at: Date): Promise<void> {
  await tables(db)
    .updateTable('sessions')
    .set({ proven_at: at })
    .where('user_id', '=', user_id)
    .where('session_id', '=', session_id)
    .execute()
}

/** Goes on to the next generation if `generation` is the one that is good now; of two at once, one wins. */
export async function rotateSession(
  db: Sql,
  { user_id, session_id }: SessionName,
  generation: number,
  use: Pick<SessionRow, 'rotated_at' | 'expires_at' | 'user_agent' | 'ip'>,
): Promise<boolean> {
  const rotated = await tables(db)
    .updateTable('sessions')
    .set({ ...use, generation: generation + 1, last_used_at: use.rotated_at })
    .where('user_id', '=', user_id)
    .where('session_id', '=', session_id)
    .where('generation', '=', generation)
    .where('expires_at', '>', use.rotated_at)
    .returning('session_id')
    .executeTakeFirst()
  return rotated !== undefined
}

export function listSessions(db: Sql, userId: UserId, now: Date): Promise<SessionRow[]> {
  return tables(db)
    .selectFrom('sessions')
    .selectAll()
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .orderBy('last_used_at', 'desc')
    .execute()
}

/** Ends sessions of a member: all, one, or all but one. Answers which. */
export async function deleteSessions(
  db: Tx,
  userId: UserId,
  which: { only?: SessionId; except?: SessionId } = {},
): Promise<SessionId[]> {
  let query = tables(db).deleteFrom('sessions').where('user_id', '=', userId)
  if (which.only) query = query.where('session_id', '=', which.only)
  if (which.except) query = query.where('session_id', '!=', which.except)
  const rows = await query.returning('session_id').execute()
  return rows.map(({ session_id }) => session_id)
}

/** Up to `limit` sessions past their time; answers which went. */
export async function deleteExpiredSessions(db: Tx, now: Date, limit: number): Promise<SessionName[]> {
  const { rows } = await sql<SessionName>`
    delete from sessions where (user_id, session_id) in
      (select user_id, session_id from sessions where expires_at <= ${now} limit ${limit})
    returning user_id, session_id`.execute(db)
  return rows
}
