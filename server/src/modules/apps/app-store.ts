import type { AppId, GrantId, Scope, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { lock, type Sql, type Tx } from '../../engines/db/port.ts'

export interface AppRow {
  app_id: AppId
  /** Null: it registered itself. */
  owner_id: UserId | null
  name: string
  website: string | null
  redirect_uris: string[]
  secret_hash: string | null
  scopes: Scope[]
  created_at: Date
}
type AppWords = Pick<AppRow, 'name' | 'website' | 'redirect_uris' | 'scopes'>

const columns = sql`app_id, owner_id, name, website, redirect_uris, secret_hash, scopes, created_at`

export async function readApps(db: Sql | Tx, ids: readonly AppId[]): Promise<AppRow[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<AppRow>`
    select ${columns} from apps where app_id = any(${ids}::uuid[])`.execute(db)
  return rows
}

export async function readApp(db: Sql | Tx, id: AppId): Promise<AppRow | undefined> {
  return (await readApps(db, [id]))[0]
}

export async function insertApp(db: Sql | Tx, row: AppRow): Promise<void> {
  await sql`
    insert into apps (${columns}) values (${row.app_id}, ${row.owner_id}, ${row.name}, ${row.website},
      ${row.redirect_uris}, ${row.secret_hash}, ${row.scopes}, ${row.created_at})`.execute(db)
}

/** False where the member has `most`. One of a member's is added at a time. */
export async function noteMade(tx: Tx, userId: UserId, appId: AppId, most: number): Promise<boolean> {
  await lock(tx, `apps:${userId}`)
  const { rows } = await sql`
    insert into member_apps (user_id, app_id) select ${userId}::uuid, ${appId}::uuid
    where (select count(*) from member_apps where user_id = ${userId}) < ${most} returning app_id`.execute(tx)
  return rows.length > 0
}

export async function madeBy(db: Sql | Tx, userId: UserId): Promise<AppId[]> {
  const { rows } = await sql<{ app_id: AppId }>`
    select app_id from member_apps where user_id = ${userId} order by app_id desc`.execute(db)
  return rows.map(({ app_id }) => app_id)
}

/** Undefined where it is not theirs. */
export async function updateApp(
  db: Sql,
  { app_id, owner_id }: { app_id: AppId; owner_id: UserId },
  { name, website, redirect_uris, scopes }: AppWords,
): Promise<AppRow | undefined> {
  const { rows } = await sql<AppRow>`
    update apps set name = ${name}, website = ${website}, redirect_uris = ${redirect_uris}, scopes = ${scopes}
    where app_id = ${app_id} and owner_id = ${owner_id} returning ${columns}`.execute(db)
  return rows[0]
}

/** Undefined where it is not theirs, or keeps no secret. */
export async function replaceSecret(
  db: Sql,
  { app_id, owner_id }: { app_id: AppId; owner_id: UserId },
  secretHash: string,
): Promise<AppRow | undefined> {
  const { rows } = await sql<AppRow>`
    update apps set secret_hash = ${secretHash}
    where app_id = ${app_id} and owner_id = ${owner_id} and secret_hash is not null returning ${columns}`.execute(
    db,
  )
  return rows[0]
}

/** False where it is not theirs. Its own tokens go with it. */
export async function deleteApp(tx: Tx, userId: UserId, appId: AppId): Promise<boolean> {
  const { rows } = await sql`
    delete from member_apps where user_id = ${userId} and app_id = ${appId} returning app_id`.execute(tx)
  if (rows.length > 0) await sql`delete from apps where app_id = ${appId}`.execute(tx)
  return rows.length > 0
}

/** Of those that registered themselves and that nobody has allowed anything, the newest stay. */
export async function keepUnclaimed(db: Sql, most: number): Promise<void> {
  await sql`
    delete from apps where owner_id is null and claimed_at is null and app_id in (
      select app_id from apps where owner_id is null and claimed_at is null
      order by created_at desc, app_id desc offset ${most})`.execute(db)
}

export async function deleteUnclaimed(db: Sql, before: Date): Promise<void> {
  await sql`
    delete from apps where owner_id is null and claimed_at is null and created_at <= ${before}`.execute(db)
}

/** False where it is gone. */
export async function claim(tx: Tx, appId: AppId, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update apps set claimed_at = coalesce(claimed_at, ${now}) where app_id = ${appId} returning app_id`.execute(
    tx,
  )
  return rows.length > 0
}

/** Some of what members allowed an app. */
export async function allowedTo(
  db: Sql | Tx,
  appId: AppId,
  some: number,
): Promise<{ user_id: UserId; grant_id: GrantId }[]> {
  const { rows } = await sql<{ user_id: UserId; grant_id: GrantId }>`
    select user_id, grant_id from app_members where app_id = ${appId} limit ${some}`.execute(db)
  return rows
}
