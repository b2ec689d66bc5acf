import type { UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql } from '../../engines/db/port.ts'

interface KeyRow {
  user_id: UserId
  key_hash: Buffer
  created_at: Date
}

export async function findKey(db: Sql, userId: UserId): Promise<KeyRow | undefined> {
  const { rows } = await sql<KeyRow>`
    select user_id, key_hash, created_at from stream_keys where user_id = ${userId}`.execute(db)
  return rows[0]
}

/** In the place of the one there was. */
export async function putKey(db: Sql, { user_id, key_hash, created_at }: KeyRow): Promise<void> {
  await sql`
    insert into stream_keys (user_id, key_hash, created_at) values (${user_id}, ${key_hash}, ${created_at})
    on conflict (user_id) do update set key_hash = excluded.key_hash, created_at = excluded.created_at`.execute(
    db,
  )
}
