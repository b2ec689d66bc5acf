import { randomBytes } from 'node:crypto'
import type { UserId } from '@tintype/contract'
import type { Sql } from 'postgres'

/** Members who follow one author and have just opened their home feed: written as rows, for they only listen. Answers their number. */
export async function addFollowers(sql: Sql, author: UserId, count: number): Promise<void> {
  const name = `crowd.${randomBytes(4).toString('hex')}.`
  await sql.begin(async (tx) => {
    await tx`
      create temporary table crowd on commit drop as
      select uuidv7() as user_id, uuidv7() as edge_id, n from generate_series(1, ${count}::int) as n`
    await tx`
      insert into users (user_id, username, email, password_hash, created_at)
      select user_id, ${name} || n, '', '', now() from crowd`
    await tx`insert into following (follower_id, followee_id, edge_id) select user_id, ${author}, edge_id from crowd`
    await tx`insert into followers (followee_id, follower_id, edge_id) select ${author}, user_id, edge_id from crowd`
    await tx`
      insert into follow_counts (user_id, followers_count, following_count) values (${author}, ${count}, 0)
      on conflict (user_id) do update set followers_count = follow_counts.followers_count + ${count}`
    await tx`insert into timelines (user_id, last_read_at) select user_id, now() from crowd`
  })
}
