import type { AppId, GrantId, Scope, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { lock, type Sql, statement, type Tx } from '../../engines/db/port.ts'
import { readApp } from './app-store.ts'

export interface GrantRow {
  user_id: UserId
  grant_id: GrantId
  app_id: AppId | null
  /** Of a member's own token. */
  name: string | null
  scopes: Scope[]
  created_at: Date
  used_at: Date | null
  expires_at: Date | null
}

export interface TokenRow {
  user_id: UserId
  token_hash: string
  grant_id: GrantId
  kind: 'access' | 'refresh'
  scopes: Scope[]
  expires_at: Date | null
}
export type TokenName = Pick<TokenRow, 'user_id' | 'token_hash'>

const columns = sql`user_id, grant_id, app_id, name, scopes, created_at, used_at, expires_at`

/** A token that is there, with the app it was given to; whether its time is over is for the caller to judge. */
export type FoundToken = Pick<TokenRow, 'grant_id' | 'scopes' | 'expires_at'> & {
  app_id: AppId | null
  used_at: Date | null
}

export async function findToken(
  db: Sql,
  { user_id, token_hash }: TokenName,
  kind: TokenRow['kind'],
): Promise<FoundToken | undefined> {
  const [row] = await selectToken(db, user_id, token_hash, kind)
  return row
}
const selectToken = statement<FoundToken>(`
  select t.grant_id, t.scopes, t.expires_at, t.used_at, g.app_id from app_tokens t join app_grants g using (user_id, grant_id)
  where t.user_id = $1 and t.token_hash = $2 and t.kind = $3`)

/** Notes a use, where none of the last `sinceMs` was. */
export async function noteUse(
  db: Sql,
  { user_id, grant_id }: Pick<GrantRow, 'user_id' | 'grant_id'>,
  now: Date,
  since: Date,
): Promise<void> {
  await sql`
    update app_grants set used_at = ${now}
    where user_id = ${user_id} and grant_id = ${grant_id} and (used_at is null or used_at < ${since})`.execute(
    db,
  )
}

export async function insertGrant(tx: Tx, row: Omit<GrantRow, 'used_at'>): Promise<void> {
  await sql`
    insert into app_grants (user_id, grant_id, app_id, name, scopes, created_at, expires_at)
    values (${row.user_id}, ${row.grant_id}, ${row.app_id}, ${row.name}, ${row.scopes}, ${row.created_at},
      ${row.expires_at})`.execute(tx)
  if (row.app_id !== null)
    await sql`
      insert into app_members (app_id, user_id, grant_id)
      values (${row.app_id}, ${row.user_id}, ${row.grant_id})`.execute(tx)
}

/** What the app, or the member's own token, is called; undefined: it has ended. */
export async function readGrantName(
  db: Sql,
  { user_id, grant_id }: Pick<GrantRow, 'user_id' | 'grant_id'>,
): Promise<{ name: string; app_id: AppId | null } | undefined> {
  const { rows } = await sql<{ name: string | null; app_id: AppId | null }>`
    select name, app_id from app_grants where user_id = ${user_id} and grant_id = ${grant_id}`.execute(db)
  const grant = rows[0]
  if (!grant?.app_id) return grant && { ...grant, name: grant.name ?? '' }
  const app = await readApp(db, grant.app_id)
  return app && { name: app.name, app_id: app.app_id }
}

/** Whether the member has allowed it something before. */
export async function hasGrant(tx: Tx, userId: UserId, appId: AppId): Promise<boolean> {
  const { rows } = await sql`
    select from app_grants where user_id = ${userId} and app_id = ${appId} limit 1`.execute(tx)
  return rows.length > 0
}

/** A member's own token. False where they have `most`; one of a member's is added at a time. */
export async function hasRoomForToken(tx: Tx, userId: UserId, most: number): Promise<boolean> {
  await lock(tx, `app tokens:${userId}`)
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from app_grants where user_id = ${userId} and app_id is null`.execute(tx)
  return (rows[0]?.count ?? 0) < most
}

export async function insertToken(tx: Tx, row: TokenRow): Promise<void> {
  await sql`
    insert into app_tokens (user_id, token_hash, grant_id, kind, scopes, expires_at)
    values (${row.user_id}, ${row.token_hash}, ${row.grant_id}, ${row.kind}, ${row.scopes},
      ${row.expires_at})`.execute(tx)
}

/** Exchanges a refresh token: true once, of two at the same moment for one. Its grant lives on until `expires`. */
export async function exchange(
  tx: Tx,
  { user_id, token_hash }: TokenName,
  { now, expires }: { now: Date; expires: Date },
): Promise<boolean> {
  const { rows } = await sql`
    with used as (
      update app_tokens set used_at = ${now}
      where user_id = ${user_id} and token_hash = ${token_hash} and kind = 'refresh' and used_at is null
        and expires_at > ${now}
      returning user_id, grant_id
    ), prolonged as (
      update app_grants set expires_at = ${expires}, used_at = ${now}
      where (user_id, grant_id) in (select user_id, grant_id from used)
    )
    select from used`.execute(tx)
  return rows.length > 0
}

/** When it was exchanged; null: it was not. Undefined: it is gone. */
export async function exchangedAt(
  db: Sql | Tx,
  { user_id, token_hash }: TokenName,
): Promise<{ grant_id: GrantId; used_at: Date | null } | undefined> {
  const { rows } = await sql<{ grant_id: GrantId; used_at: Date | null }>`
    select grant_id, used_at from app_tokens
    where user_id = ${user_id} and token_hash = ${token_hash} and kind = 'refresh'`.execute(db)
  return rows[0]
}

/** Those that have not run out, those used last first. */
export async function grantsOf(db: Sql, userId: UserId, now: Date): Promise<GrantRow[]> {
  const { rows } = await sql<GrantRow>`
    select ${columns} from app_grants where user_id = ${userId} and (expires_at is null or expires_at > ${now})
    order by coalesce(used_at, created_at) desc, grant_id desc`.execute(db)
  return rows
}

/** Which of a member's grants to end. */
export interface WhichGrants {
  grant_id?: GrantId
  app_id?: AppId
  /** Their own tokens alone. */
  own?: boolean
  /** All but so many, the newest. */
  beyond?: number
}

/** Their tokens go with them. Answers which were ended. */
export async function deleteGrants(tx: Tx, userId: UserId, which: WhichGrants = {}): Promise<GrantId[]> {
  const { grant_id = null, app_id = null, own = false, beyond = 0 } = which
  const { rows } = await sql<{ grant_id: GrantId }>`
    with gone as (
      delete from app_grants where user_id = ${userId} and grant_id in (
        select grant_id from app_grants where user_id = ${userId}
          and (${grant_id}::uuid is null or grant_id = ${grant_id})
          and (${app_id}::uuid is null or app_id = ${app_id})
          and (not ${own}::boolean or app_id is null)
        order by grant_id desc offset ${beyond})
      returning app_id, user_id, grant_id
    ), mirrored as (
      delete from app_members where (app_id, user_id, grant_id) in (
        select app_id, user_id, grant_id from gone where app_id is not null)
    )
    select grant_id from gone`.execute(tx)
  return rows.map((row) => row.grant_id)
}

/** Some that have run out, by member. */
export async function ranOut(
  db: Sql,
  now: Date,
  some: number,
): Promise<Pick<GrantRow, 'user_id' | 'grant_id'>[]> {
  const { rows } = await sql<Pick<GrantRow, 'user_id' | 'grant_id'>>`
    select user_id, grant_id from app_grants where expires_at <= ${now} limit ${some}`.execute(db)
  return rows
}

/** Tokens past their time, those of apps in nobody's name too. */
export async function deleteOldTokens(db: Sql, before: Date): Promise<void> {
  await sql`delete from app_tokens where expires_at <= ${before}`.execute(db)
  await sql`delete from app_client_tokens where expires_at <= ${before}`.execute(db)
}

export interface ClientTokenRow {
  app_id: AppId
  token_hash: string
  token_id: GrantId
  expires_at: Date
}

export async function insertClientToken(db: Sql, row: ClientTokenRow): Promise<void> {
  await sql`
    insert into app_client_tokens (app_id, token_hash, token_id, expires_at)
    values (${row.app_id}, ${row.token_hash}, ${row.token_id}, ${row.expires_at})`.execute(db)
}

export async function findClientToken(
  db: Sql,
  { app_id, token_hash }: Pick<ClientTokenRow, 'app_id' | 'token_hash'>,
): Promise<ClientTokenRow | undefined> {
  const { rows } = await sql<ClientTokenRow>`
    select app_id, token_hash, token_id, expires_at from app_client_tokens
    where app_id = ${app_id} and token_hash = ${token_hash}`.execute(db)
  return rows[0]
}

/** Answers which were ended. */
export async function deleteClientTokens(
  tx: Tx,
  appId: AppId,
  tokenHash: string | null = null,
): Promise<GrantId[]> {
  const { rows } = await sql<{ token_id: GrantId }>`
    delete from app_client_tokens
    where app_id = ${appId} and (${tokenHash}::text is null or token_hash = ${tokenHash}) returning token_id`.execute(
    tx,
  )
  return rows.map(({ token_id }) => token_id)
}
