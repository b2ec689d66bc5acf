import type { LinkId, PostId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { lock, type Sql, type Tx } from '../../engines/db/port.ts'

export interface LinkRow {
  owner_id: UserId
  link_id: LinkId
  post_id: PostId
  password_hash: string | null
  expires_at: Date | null
  opened_count: number
}

const columns = sql.raw('owner_id, link_id, post_id, password_hash, expires_at, opened_count')

/** Until the transaction ends nobody else changes how many links the member has; answers how many there are. */
export async function lockLinks(tx: Tx, ownerId: UserId): Promise<number> {
  await lock(tx, `private_links:${ownerId}`)
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from private_links where owner_id = ${ownerId}`.execute(tx)
  return rows[0]?.count ?? 0
}

export async function addLink(tx: Tx, row: Omit<LinkRow, 'opened_count'>): Promise<void> {
  await sql`
    insert into private_links (owner_id, link_id, post_id, password_hash, expires_at)
    values (${row.owner_id}, ${row.link_id}, ${row.post_id}, ${row.password_hash}, ${row.expires_at})`.execute(
    tx,
  )
}

/** The newest first. */
export async function linksOf(db: Sql, ownerId: UserId): Promise<LinkRow[]> {
  const { rows } = await sql<LinkRow>`
    select ${columns} from private_links where owner_id = ${ownerId} order by link_id desc`.execute(db)
  return rows
}

/** Whoever's it is. */
export async function readLink(db: Sql, id: LinkId): Promise<LinkRow | undefined> {
  const { rows } = await sql<LinkRow>`
    select ${columns} from private_links where link_id = ${id}`.execute(db)
  return rows[0]
}

export async function countOpening(db: Sql, id: LinkId): Promise<void> {
  await sql`
    update private_links set opened_count = opened_count + 1
    where link_id = ${id} and opened_count < 2147483647`.execute(db)
}

/** False where there is none. */
export async function dropLink(db: Sql, ownerId: UserId, id: LinkId): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from private_links where owner_id = ${ownerId} and link_id = ${id}`.execute(db)
  return (numAffectedRows ?? 0n) > 0n
}

export async function dropOfPost(db: Sql, postId: PostId): Promise<void> {
  await sql`delete from private_links where post_id = ${postId}`.execute(db)
}

export async function dropOfMember(db: Sql, ownerId: UserId): Promise<void> {
  await sql`delete from private_links where owner_id = ${ownerId}`.execute(db)
}

export async function dropExpired(db: Sql, before: Date): Promise<void> {
  await sql`delete from private_links where expires_at < ${before}`.execute(db)
}
