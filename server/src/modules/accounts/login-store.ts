import type { UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { lock, type Sql, type Tx } from '../../engines/db/port.ts'

export interface FailuresRow {
  account: string
  /** Null: nobody goes by the name. */
  user_id: UserId | null
  level: number
  failed: number
  failed_since: Date
  last_failed_at: Date
}
interface WaitRow {
  account: string
  network: string
  due_at: Date
}
type Tables = {
  login_failures: FailuresRow
  login_waits: WaitRow
  login_networks: { user_id: UserId; network: string; last_at: Date }
}
const tables = (db: Sql | Tx) => db.withTables<Tables>()

/** From here to the end of the transaction nobody else tries this account: what is counted stays true. */
export async function lockAccount(tx: Tx, account: string): Promise<FailuresRow | undefined> {
  await lock(tx, `login:${account}`)
  return tables(tx).selectFrom('login_failures').selectAll().where('account', '=', account).executeTakeFirst()
}

/** One row for the member's name, one for their address, where wrong passwords were tried with it. */
export function readFailures(db: Sql, userId: UserId): Promise<FailuresRow[]> {
  return tables(db)
    .selectFrom('login_failures')
    .selectAll()
    .where('user_id', '=', userId)
    .where('failed', '>', 0)
    .execute()
}

export async function writeFailures(tx: Tx, row: FailuresRow): Promise<void> {
  const { account, ...rest } = row
  await tables(tx)
    .insertInto('login_failures')
    .values(row)
    .onConflict((conflict) => conflict.column('account').doUpdateSet(rest))
    .execute()
}

/** One that turned out to be no failure. */
export async function takeBackFailure(tx: Tx, account: string): Promise<void> {
  await sql`
    update login_failures set level = greatest(level - 1, 0), failed = greatest(failed - 1, 0)
    where account = ${account}`.execute(tx)
}

export async function forgetFailures(tx: Tx, userId: UserId): Promise<void> {
  await tables(tx).deleteFrom('login_failures').where('user_id', '=', userId).execute()
}

export async function readWait(tx: Tx, account: string, network: string): Promise<Date | undefined> {
  const row = await tables(tx)
    .selectFrom('login_waits')
    .select('due_at')
    .where('account', '=', account)
    .where('network', '=', network)
    .executeTakeFirst()
  return row?.due_at
}

export async function writeWait(tx: Tx, wait: WaitRow): Promise<void> {
  await tables(tx)
    .insertInto('login_waits')
    .values(wait)
    .onConflict((conflict) => conflict.columns(['account', 'network']).doUpdateSet({ due_at: wait.due_at }))
    .execute()
}

export async function endWait(tx: Tx, account: string, network: string): Promise<void> {
  await tables(tx)
    .deleteFrom('login_waits')
    .where('account', '=', account)
    .where('network', '=', network)
    .execute()
}

export async function isKnownNetwork(db: Sql, userId: UserId, network: string): Promise<boolean> {
  const row = await tables(db)
    .selectFrom('login_networks')
    .select('last_at')
    .where('user_id', '=', userId)
    .where('network', '=', network)
    .executeTakeFirst()
  return row !== undefined
}

export async function noteNetwork(tx: Tx, userId: UserId, network: string, at: Date): Promise<void> {
  await tables(tx)
    .insertInto('login_networks')
    .values({ user_id: userId, network, last_at: at })
    .onConflict((conflict) => conflict.columns(['user_id', 'network']).doUpdateSet({ last_at: at }))
    .execute()
}

export async function forgetNetworks(tx: Tx, userId: UserId): Promise<void> {
  await tables(tx).deleteFrom('login_networks').where('user_id', '=', userId).execute()
}

/** What is older than these moments. */
export async function purge(
  db: Sql,
  before: { strangers: Date; members: Date; waits: Date; networks: Date },
): Promise<void> {
  await tables(db)
    .deleteFrom('login_failures')
    .where('last_failed_at', '<', before.strangers)
    .where((row) => row.or([row('user_id', 'is', null), row('last_failed_at', '<', before.members)]))
    .execute()
  await tables(db).deleteFrom('login_waits').where('due_at', '<', before.waits).execute()
  await tables(db).deleteFrom('login_networks').where('last_at', '<', before.networks).execute()
}
