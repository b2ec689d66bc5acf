import type { SessionId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { lock, type Sql, type Tx } from '../../engines/db/port.ts'

export interface SubscriptionRow {
  user_id: UserId
  subscription_id: string
  session_id: SessionId
  kind: 'web' | 'fcm' | 'apns'
  endpoint: string
  p256dh: string
  auth: string
  host: string
  created_at: Date
}
export type SubscriptionName = Pick<SubscriptionRow, 'user_id' | 'subscription_id'>

type Tables = {
  push_subscriptions: SubscriptionRow
  push_endpoints: SubscriptionName & { endpoint_hash: string }
}
const tables = (db: Sql | Tx) => db.withTables<Tables>()

/** Whose the device was until now. It is another's from here on. */
export async function takeEndpoint(
  tx: Tx,
  endpoint_hash: string,
  { user_id, subscription_id }: SubscriptionName,
): Promise<SubscriptionName | undefined> {
  const name = { user_id, subscription_id }
  await lock(tx, `push:${endpoint_hash}`)
  const before = await tables(tx)
    .selectFrom('push_endpoints')
    .select(['user_id', 'subscription_id'])
    .where('endpoint_hash', '=', endpoint_hash)
    .executeTakeFirst()
  await tables(tx)
    .insertInto('push_endpoints')
    .values({ endpoint_hash, ...name })
    .onConflict((conflict) => conflict.column('endpoint_hash').doUpdateSet(name))
    .execute()
  return before
}

export async function insertSubscription(tx: Tx, row: SubscriptionRow): Promise<void> {
  await tables(tx).insertInto('push_subscriptions').values(row).execute()
}

export function findEndpoint(db: Sql, endpoint_hash: string): Promise<SubscriptionName | undefined> {
  return tables(db)
    .selectFrom('push_endpoints')
    .select(['user_id', 'subscription_id'])
    .where('endpoint_hash', '=', endpoint_hash)
    .executeTakeFirst()
}

export function subscriptionsOf(db: Sql, userId: UserId): Promise<SubscriptionRow[]> {
  return tables(db)
    .selectFrom('push_subscriptions')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('subscription_id')
    .execute()
}

/** With all that was to be shown there. */
export async function deleteSubscription(
  tx: Tx,
  { user_id, subscription_id }: SubscriptionName,
): Promise<void> {
  for (const table of ['push_subscriptions', 'push_queue'] as const)
    await sql`
      delete from ${sql.table(table)} where user_id = ${user_id} and subscription_id = ${subscription_id}`.execute(
      tx,
    )
  await tables(tx)
    .deleteFrom('push_endpoints')
    .where('user_id', '=', user_id)
    .where('subscription_id', '=', subscription_id)
    .execute()
}

export function subscriptionsOfSessions(db: Sql, ids: readonly SessionId[]): Promise<SubscriptionName[]> {
  return tables(db)
    .selectFrom('push_subscriptions')
    .select(['user_id', 'subscription_id'])
    .where('session_id', '=', sql<SessionId>`any(${ids})`)
    .execute()
}
