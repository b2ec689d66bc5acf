import type { Instance, UserId } from '@tintype/contract'
import type { Sql, Tx } from '../../engines/db/port.ts'

export interface InstanceRow {
  id: number
  name: string
  description: string
  registration: Instance['registration']
  deletion_days: number
  owner_id: UserId | null
}

type Tables = {
  instance: InstanceRow
  invitations: { code: string; created_by: UserId; expires_at: Date; used_by: UserId | null }
}
const tables = (db: Sql | Tx) => db.withTables<Tables>()

export function readInstance(db: Sql | Tx): Promise<InstanceRow> {
  return tables(db).selectFrom('instance').selectAll().where('id', '=', 1).executeTakeFirstOrThrow()
}

export function updateInstance(
  db: Sql,
  changes: Partial<Pick<InstanceRow, 'name' | 'description' | 'registration' | 'deletion_days'>>,
): Promise<InstanceRow> {
  return tables(db)
    .updateTable('instance')
    .set({ id: 1, ...changes })
    .where('id', '=', 1)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** True for exactly one of all who ask while there is no owner: the row's lock lets one in. */
export async function claimOwnership(tx: Tx, userId: UserId): Promise<boolean> {
  const claimed = await tables(tx)
    .updateTable('instance')
    .set({ owner_id: userId })
    .where('id', '=', 1)
    .where('owner_id', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return claimed !== undefined
}

export async function handOver(tx: Tx, ownerId: UserId | null): Promise<void> {
  await tables(tx).updateTable('instance').set({ owner_id: ownerId }).where('id', '=', 1).execute()
}

export async function insertInvitation(
  db: Sql,
  invitation: { code: string; created_by: UserId; expires_at: Date },
): Promise<void> {
  await tables(db)
    .insertInto('invitations')
    .values({ ...invitation, used_by: null })
    .execute()
}

/** True for one registration, while the invitation is good. */
export async function useInvitation(tx: Tx, code: string, userId: UserId, now: Date): Promise<boolean> {
  const used = await tables(tx)
    .updateTable('invitations')
    .set({ used_by: userId })
    .where('code', '=', code)
    .where('used_by', 'is', null)
    .where('expires_at', '>', now)
    .returning('code')
    .executeTakeFirst()
  return used !== undefined
}

export async function deleteOldInvitations(db: Sql, before: Date): Promise<void> {
  await tables(db).deleteFrom('invitations').where('expires_at', '<', before).execute()
}

export async function deleteInvitationsOf(db: Sql, userId: UserId): Promise<void> {
  await tables(db)
    .deleteFrom('invitations')
    .where((row) => row.or([row('created_by', '=', userId), row('used_by', '=', userId)]))
    .execute()
}
