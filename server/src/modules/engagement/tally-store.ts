import type { PostId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql } from '../../engines/db/port.ts'

export interface TallyRow {
  post_id: PostId
  kind: 'counters' | 'liked' | 'saved'
  likes_count: number
  comments_count: number
}

/** In one round trip: the counters of `counted`, and which of `asked` the viewer likes and has saved. Absent: nothing of the kind. */
export async function readTallies(
  db: Sql,
  counted: readonly PostId[],
  viewerId: UserId | null,
  asked: readonly PostId[],
): Promise<TallyRow[]> {
  const { rows } = await sql<TallyRow>`
    select post_id, 'counters' as kind, likes_count, comments_count from post_counters
    where post_id = any(${counted}::uuid[])
    union all
    select post_id, 'liked', 0, 0 from likes
    where post_id = any(${asked}::uuid[]) and user_id = ${viewerId}::uuid
    union all
    select post_id, 'saved', 0, 0 from saves
    where user_id = ${viewerId}::uuid and post_id = any(${asked}::uuid[])`.execute(db)
  return rows
}
