import type { PostId } from '@tintype/contract'
import { sql } from 'kysely'
import { type Sql, statement } from '../../engines/db/port.ts'
import { commentCounters, postCounters } from './counter-store.ts'

/** From now on whatever reaches the post late is swept away. */
export async function markErased(db: Sql, postId: PostId): Promise<void> {
  await postCounters.apply(db, [postId])
  await sql`
    insert into post_counters (post_id, erased) values (${postId}, true)
    on conflict (post_id) do update set likes_count = 0, comments_count = 0, erased = true`.execute(db)
  await commentCounters.drop(db, postId)
}

/** Those of the posts that were erased. */
export const erasedAmong = statement<{ post_id: PostId }>(
  'select post_id from post_counters where post_id = any($1::uuid[]) and erased',
)

/** Deletes up to `limit` rows of each kind that belong to a post; true while there may be more. */
export async function eraseSomeOfPost(db: Sql, postId: PostId, limit: number): Promise<boolean> {
  const likes = await sql`
    delete from likes where post_id = ${postId} and user_id in (
      select user_id from likes where post_id = ${postId} limit ${limit}) returning 1`.execute(db)
  const saves = await sql`
    delete from saves where (user_id, post_id) in (
      select user_id, post_id from saves where post_id = ${postId} limit ${limit}) returning 1`.execute(db)
  const commentLikes = await sql`
    delete from comment_likes where (post_id, comment_id, user_id) in (
      select post_id, comment_id, user_id from comment_likes where post_id = ${postId} limit ${limit}
    ) returning 1`.execute(db)
  const comments = await sql`
    with gone as (
      delete from comments where post_id = ${postId} and comment_id in (
        select comment_id from comments where post_id = ${postId} limit ${limit}) returning comment_id
    ), ways as (delete from comment_posts using gone where comment_posts.comment_id = gone.comment_id)
    select comment_id from gone`.execute(db)
  await sql`
    with pins as (delete from comment_pins where post_id = ${postId})
    delete from held_comments where post_id = ${postId}`.execute(db)
  return [likes, saves, commentLikes, comments].some(({ rows }) => rows.length === limit)
}
