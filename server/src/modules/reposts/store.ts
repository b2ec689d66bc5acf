import type { PostId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { Counters } from '../../engines/db/counters.ts'
import { type Db, lock, type Sql, type Tx } from '../../engines/db/port.ts'

type Handle = Sql | Tx

/** One member has passed one post on. */
export interface Repost {
  user_id: UserId
  post_id: PostId
  author_id: UserId
}
export interface RepostRow {
  repost_id: string
  post_id: PostId
  author_id: UserId
}

export const repostCounters = new Counters<[PostId], 'reposts'>({
  counts: 'repost_counters',
  journal: 'repost_counter_changes',
  key: ['post_id'],
  counted: ['reposts'],
})

/** False where it was there already. */
export async function addRepost(
  tx: Tx,
  { user_id, post_id, author_id }: Repost,
  id: string,
): Promise<boolean> {
  const { rows } = await sql`
    with added as (
      insert into reposts (user_id, post_id, repost_id, author_id) values (${user_id}, ${post_id}, ${id}, ${author_id})
      on conflict do nothing returning user_id, post_id, repost_id, author_id
    ), by_post as (
      insert into post_reposts (post_id, user_id, repost_id) select post_id, user_id, repost_id from added
    ), by_author as (
      insert into author_reposts (author_id, user_id, post_id) select author_id, user_id, post_id from added
    )
    select from added`.execute(tx)
  return rows.length > 0
}

/** Of these posts by these members; answers what was there. */
export async function dropReposts(
  tx: Tx,
  userIds: readonly UserId[],
  postIds: readonly PostId[],
): Promise<Repost[]> {
  const { rows } = await sql<Repost>`
    with gone as (
      delete from reposts where user_id = any(${userIds}::uuid[]) and post_id = any(${postIds}::uuid[])
      returning user_id, post_id, author_id
    ), by_post as (
      delete from post_reposts p using gone where p.post_id = gone.post_id and p.user_id = gone.user_id
    ), by_author as (
      delete from author_reposts a using gone
      where a.author_id = gone.author_id and a.user_id = gone.user_id and a.post_id = gone.post_id
    )
    select user_id, post_id, author_id from gone`.execute(tx)
  return rows
}

export async function isReposted(db: Handle, userId: UserId, postId: PostId): Promise<boolean> {
  const { rows } = await sql`
    select from reposts where user_id = ${userId} and post_id = ${postId}`.execute(db)
  return rows.length > 0
}

/** Of these, which there are: each as `post_id user_id`. */
export async function existing(
  db: Handle,
  pairs: readonly Pick<Repost, 'post_id' | 'user_id'>[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ post_id: PostId; user_id: UserId }>`
    select post_id, user_id from post_reposts where (post_id, user_id) in (
      select * from unnest(${pairs.map((one) => one.post_id)}::uuid[], ${pairs.map((one) => one.user_id)}::uuid[]))`.execute(
    db,
  )
  return new Set(rows.map((row) => `${row.post_id} ${row.user_id}`))
}

/** Last reposted first. */
export async function pageReposts(
  db: Sql,
  userId: UserId,
  page: { before: string | undefined; limit: number },
): Promise<RepostRow[]> {
  const below = page.before === undefined ? sql`` : sql`and repost_id < ${page.before}::uuid`
  const { rows } = await sql<RepostRow>`
    select repost_id, post_id, author_id from reposts where user_id = ${userId} ${below}
    order by repost_id desc limit ${page.limit}`.execute(db)
  return rows
}

/** Of each of the members the last `perMember`; a post stands once. */
export async function newestBy(db: Sql, ids: readonly UserId[], perMember: number, limit: number) {
  const { rows } = await sql<Omit<RepostRow, 'repost_id'>>`
    select post_id, author_id from (
      select distinct on (post_id) post_id, author_id, repost_id
      from unnest(${ids}::uuid[]) as member cross join lateral (
        select post_id, author_id, repost_id from reposts where user_id = member
        order by repost_id desc limit ${perMember}) newest
    ) of_all order by repost_id desc limit ${limit}`.execute(db)
  return rows
}

/** Of each post, the last `perPost` who passed it on. */
export async function newestSharers(db: Sql, ids: readonly PostId[], perPost: number) {
  const { rows } = await sql<{ post_id: PostId; user_id: UserId }>`
    select asked as post_id, user_id from unnest(${ids}::uuid[]) as asked cross join lateral (
      select user_id, repost_id from post_reposts where post_id = asked
      order by repost_id desc limit ${perPost}) newest
    order by repost_id desc`.execute(db)
  return rows
}

/** Who of these members passed the post on, the last first. */
export async function sharersAmong(db: Sql, postId: PostId, members: readonly UserId[]): Promise<UserId[]> {
  const { rows } = await sql<{ user_id: UserId }>`
    select user_id from post_reposts where post_id = ${postId} and user_id = any(${members}::uuid[])
    order by repost_id desc limit 20`.execute(db)
  return rows.map((row) => row.user_id)
}

/** Of one post: some who passed it on. */
export async function someSharers(db: Sql, postId: PostId, limit: number): Promise<UserId[]> {
  const { rows } = await sql<{ user_id: UserId }>`
    select user_id from post_reposts where post_id = ${postId} limit ${limit}`.execute(db)
  return rows.map((row) => row.user_id)
}

/** What one has passed on of another's, or of anybody's. */
export async function someOf(db: Sql, userId: UserId, limit: number, authorId?: UserId): Promise<PostId[]> {
  const from = authorId
    ? sql`author_reposts where author_id = ${authorId} and user_id = ${userId}`
    : sql`reposts where user_id = ${userId}`
  const { rows } = await sql<{ post_id: PostId }>`select post_id from ${from} limit ${limit}`.execute(db)
  return rows.map((row) => row.post_id)
}

export async function repostedAfter(db: Sql, after: PostId | undefined, limit: number): Promise<PostId[]> {
  const { rows } = await sql<{ post_id: PostId }>`
    select distinct post_id from post_reposts
    where post_id > coalesce(${after ?? null}::uuid, '00000000-0000-0000-0000-000000000000')
    order by post_id limit ${limit}`.execute(db)
  return rows.map((row) => row.post_id)
}

export const recount = (db: Db, ids: readonly PostId[]): Promise<void> =>
  repostCounters.rebuild(
    db,
    ids,
    sql`select id, (select count(*) from post_reposts where post_id = id) from unnest(${ids}::uuid[]) as id`,
  )

export async function refusing(db: Sql, ids: readonly UserId[]): Promise<UserId[]> {
  const { rows } = await sql<{ user_id: UserId }>`
    select user_id from repost_refusals where user_id = any(${ids}::uuid[])`.execute(db)
  return rows.map((row) => row.user_id)
}

export async function setRefusing(tx: Tx, userId: UserId, refuses: boolean): Promise<void> {
  const change = refuses
    ? sql`insert into repost_refusals (user_id) values (${userId}) on conflict do nothing`
    : sql`delete from repost_refusals where user_id = ${userId}`
  await change.execute(tx)
}

/** Last muted first. */
export async function mutedBy(db: Handle, userId: UserId): Promise<UserId[]> {
  const { rows } = await sql<{ muted_id: UserId }>`
    select muted_id from repost_mutes where user_id = ${userId} order by mute_id desc`.execute(db)
  return rows.map((row) => row.muted_id)
}

export async function addMute(tx: Tx, userId: UserId, mutedId: UserId, id: string): Promise<void> {
  await lock(tx, `repost mutes ${userId}`)
  await sql`insert into repost_mutes (user_id, muted_id, mute_id) values (${userId}, ${mutedId}, ${id})
    on conflict do nothing`.execute(tx)
}

export async function removeMute(tx: Tx, userId: UserId, mutedId: UserId): Promise<void> {
  await sql`delete from repost_mutes where user_id = ${userId} and muted_id = ${mutedId}`.execute(tx)
}

export async function eraseSettings(db: Sql, userId: UserId): Promise<void> {
  await sql`delete from repost_refusals where user_id = ${userId}`.execute(db)
  await sql`delete from repost_mutes where user_id = ${userId} or muted_id = ${userId}`.execute(db)
}
