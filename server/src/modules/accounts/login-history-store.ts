import type { LoginId, LoginMethod, SessionId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'

export interface LoginRow {
  user_id: UserId
  login_id: LoginId
  method: LoginMethod
  /** Of an app: null. */
  session_id: SessionId | null
  app: string | null
  user_agent: string
  network: string
  at: Date
}

export interface FailedRow extends Pick<LoginRow, 'user_id' | 'login_id' | 'user_agent' | 'network'> {
  /** A keyed hash of the name, or of the second step. */
  tried: string
  day: string
  method: LoginMethod
  count: number
  last_at: Date
}

/** Of both tables; `count` is null of one that was no failure. */
export interface ListedLogin extends Omit<LoginRow, 'user_id'> {
  count: number | null
  /** Whether its session goes on. */
  is_live: boolean
}

type Tables = { logins: LoginRow; failed_logins: FailedRow }
const tables = (db: Sql | Tx) => db.withTables<Tables>()

/** Keeps a member's newest `most`. */
export async function insertLogin(db: Sql | Tx, row: LoginRow, most: number): Promise<void> {
  await tables(db)
    .insertInto('logins')
    .values(row)
    .onConflict((conflict) => conflict.columns(['user_id', 'login_id']).doNothing())
    .execute()
  await sql`
    delete from logins where user_id = ${row.user_id} and login_id <=
      (select login_id from logins where user_id = ${row.user_id} order by login_id desc offset ${most} limit 1)`.execute(
    db,
  )
}

export async function countFailure(db: Sql, row: FailedRow): Promise<void> {
  const { user_agent, network, last_at } = row
  await tables(db)
    .insertInto('failed_logins')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'tried', 'day']).doUpdateSet((old) => ({
        user_agent,
        network,
        last_at,
        count: sql`${old.ref('failed_logins.count')} + 1`,
      })),
    )
    .execute()
}

/** Newest first, of what began before `before`. */
export async function listLogins(
  db: Sql,
  {
    user_id,
    before,
    since,
    limit,
  }: { user_id: UserId; before: LoginId | undefined; since: Date; limit: number },
): Promise<ListedLogin[]> {
  const earlier = before === undefined ? sql`true` : sql`login_id < ${before}`
  const { rows } = await sql<ListedLogin>`
    select * from (
      (select login_id, method, logins.session_id, app, logins.user_agent, network, at, null::integer as count,
         sessions.session_id is not null as is_live
       from logins left join sessions on sessions.user_id = logins.user_id and sessions.session_id = logins.session_id
       where logins.user_id = ${user_id} and at >= ${since} and ${earlier} order by login_id desc limit ${limit})
      union all
      (select login_id, method, null, null, user_agent, network, last_at, count, false from failed_logins
       where user_id = ${user_id} and last_at >= ${since} and ${earlier} order by login_id desc limit ${limit})
    ) as both_of order by login_id desc limit ${limit}`.execute(db)
  return rows
}

export async function forgetLogins(tx: Tx, userId: UserId): Promise<void> {
  await tables(tx).deleteFrom('logins').where('user_id', '=', userId).execute()
  await tables(tx).deleteFrom('failed_logins').where('user_id', '=', userId).execute()
}

/** What is older than these moments; `nobody`: whose names nobody has. */
export async function purgeLogins(
  db: Sql,
  before: { members: Date; nobody: UserId; nobodys: Date },
): Promise<void> {
  await tables(db).deleteFrom('logins').where('at', '<', before.members).execute()
  await tables(db).deleteFrom('failed_logins').where('last_at', '<', before.members).execute()
  await tables(db)
    .deleteFrom('failed_logins')
    .where('user_id', '=', before.nobody)
    .where('last_at', '<', before.nobodys)
    .execute()
}
