import type { PostId, UserId } from '@tintype/contract'
import { type Sql, statement } from '../../engines/db/port.ts'

/** Which posts the viewer likes and has saved, of some. */
export interface DeedsRow {
  liked: PostId[]
  saved: PostId[]
}

export async function readDeeds(db: Sql, viewerId: UserId, asked: readonly PostId[]): Promise<DeedsRow> {
  const [row] = await selectDeeds(db, viewerId, asked)
  return row ?? { liked: [], saved: [] }
}

const selectDeeds = statement<DeedsRow>(`select
  array(select post_id from likes where post_id = any($2::uuid[]) and user_id = $1) as liked,
  array(select post_id from saves where user_id = $1 and post_id = any($2::uuid[])) as saved`)

/** Columns of `post_counters`; posts that were never liked nor commented on are absent. */
export interface CountersColumns {
  posts: PostId[]
  likes: number[]
  comments: number[]
}

export async function readCounted(db: Sql, ids: readonly PostId[]): Promise<CountersColumns> {
  const [row] = await selectCounted(db, ids)
  return row?.posts ? { ...row, posts: row.posts } : { posts: [], likes: [], comments: [] }
}

const selectCounted = statement<Omit<CountersColumns, 'posts'> & { posts: PostId[] | null }>(`
  select array_agg(post_id) as posts, array_agg(likes_count) as likes, array_agg(comments_count) as comments
  from post_counters where post_id = any($1::uuid[])`)
