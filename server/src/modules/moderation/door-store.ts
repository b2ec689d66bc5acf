import type { BanId, BlockedWord, RegistrationBan } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'

export interface BanRow extends Omit<RegistrationBan, 'created_at' | 'expires_at'> {
  created_at: Date
  expires_at: Date | null
}

const columns = sql`ban_id, kind, value, note, created_at, expires_at`

/** Those that are not over, newest first. */
export async function readBans(db: Sql, now: Date): Promise<BanRow[]> {
  const { rows } = await sql<BanRow>`
    select ${columns} from registration_bans where expires_at is null or expires_at > ${now}
    order by ban_id desc`.execute(db)
  return rows
}

export async function insertBan(tx: Tx, ban: BanRow): Promise<void> {
  const { ban_id, kind, value, note, created_at, expires_at } = ban
  const network = kind === 'ip_range' ? value : null
  await sql`
    insert into registration_bans (ban_id, kind, value, network, note, created_at, expires_at)
    values (${ban_id}, ${kind}, ${value}, network(${network}::inet), ${note}, ${created_at}, ${expires_at})`.execute(
    tx,
  )
}

export async function deleteBan(tx: Tx, id: BanId): Promise<BanRow | undefined> {
  const { rows } = await sql<BanRow>`
    delete from registration_bans where ban_id = ${id} returning ${columns}`.execute(tx)
  return rows[0]
}

/** A domain stands for those below it. */
export async function isBanned(
  db: Sql,
  { domain, address }: { domain: string; address: string | null },
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`
    select from registration_bans
    where (expires_at is null or expires_at > ${now})
      and ((kind = 'email_domain' and (value = ${domain} or right(${domain}, length(value) + 1) = '.' || value))
        or (kind = 'ip_range' and ${address}::inet <<= network))
    limit 1`.execute(db)
  return rows.length > 0
}

export async function readWords(db: Sql): Promise<BlockedWord[]> {
  const { rows } = await sql<BlockedWord>`select word, action from blocked_words order by word`.execute(db)
  return rows
}

export async function replaceWords(tx: Tx, words: readonly BlockedWord[]): Promise<void> {
  await sql`delete from blocked_words`.execute(tx)
  await sql`
    insert into blocked_words (word, action)
    select * from unnest(${words.map(({ word }) => word)}::text[], ${words.map(({ action }) => action)}::text[])
    on conflict do nothing`.execute(tx)
}

export async function deleteOldBans(db: Sql, now: Date): Promise<void> {
  await sql`delete from registration_bans where expires_at <= ${now}`.execute(db)
}
