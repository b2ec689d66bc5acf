import type { CommentId, PostId } from '@tintype/contract'
import { sql } from 'kysely'
import { Counters } from '../../engines/db/counters.ts'
import type { Db } from '../../engines/db/port.ts'

export const postCounters = new Counters<[PostId], 'likes' | 'comments'>({
  counts: 'post_counters',
  journal: 'post_counter_changes',
  key: ['post_id'],
  counted: ['likes', 'comments'],
})

export const commentCounters = new Counters<[PostId, CommentId], 'likes' | 'replies'>({
  counts: 'comment_counters',
  journal: 'comment_counter_changes',
  key: ['post_id', 'comment_id'],
  counted: ['likes', 'replies'],
})

/** Counts anew what likes and comments there are, of posts and of their comments. */
export async function recount(db: Db, postIds: readonly PostId[]): Promise<void> {
  await postCounters.rebuild(
    db,
    postIds,
    sql`select id, (select count(*) from likes where post_id = id), (select count(*) from comments where post_id = id)
        from unnest(${postIds}::uuid[]) as id`,
  )
  const among = sql`post_id = any(${postIds}::uuid[])`
  await commentCounters.rebuild(
    db,
    postIds,
    sql`select post_id, comment_id, sum(likes), sum(replies) from (
          select post_id, comment_id, 1 as likes, 0 as replies from comment_likes where ${among}
          union all
          select post_id, parent_comment_id, 0, 1 from comments where ${among} and parent_comment_id is not null
        ) counted group by post_id, comment_id`,
  )
}
